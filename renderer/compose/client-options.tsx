import { IGNORED_ERRORS, REQUEST_FLAGS, USUAL_FLAGS, type IgnoredError, type RequestFlag } from '../../preload/contract/client-options';
import type { FormProblems } from '../model/form-problems';
import { wholeNumber } from '../model/whole-number';
import { Choices, Field } from '../ui/field';
import { FlagChoices } from './flag-choices';
import { Fold } from './fold';
import css from './compose.module.css';

/** What New client sets beside the request, as it is typed. */
export interface OptionValues {
  readonly flags: readonly RequestFlag[];
  readonly userAgent: string;
  readonly connectTimeout: string;
  readonly sendTimeout: string;
  readonly receiveTimeout: string;
  readonly proxy: 'direct' | 'preconfig' | 'named';
  readonly proxyServer: string;
  readonly proxyBypass: string;
  readonly user: string;
  readonly password: string;
  readonly showPassword: boolean;
  readonly readHeaders: boolean;
  readonly ignore: readonly IgnoredError[];
}

export const OPTIONS_AT_FIRST: OptionValues = {
  flags: USUAL_FLAGS, userAgent: 'Hinspector', connectTimeout: '', sendTimeout: '', receiveTimeout: '', proxy: 'direct', proxyServer: '', proxyBypass: '', user: '', password: '', showPassword: false, ignore: [], readHeaders: true,
};

/** The times as the command has them; everything else it takes as it was typed. */
export function timeoutsOf({ connectTimeout, sendTimeout, receiveTimeout }: OptionValues) {
  return { connectTimeout: wholeNumber(connectTimeout), sendTimeout: wholeNumber(sendTimeout), receiveTimeout: wholeNumber(receiveTimeout) };
}

const PROXIES = [
  { value: 'direct', label: 'Direct', meaning: 'INTERNET_OPEN_TYPE_DIRECT: every host is resolved and reached from here.' },
  { value: 'preconfig', label: 'As the system has it', meaning: 'INTERNET_OPEN_TYPE_PRECONFIG: the settings of the registry.' },
  { value: 'named', label: 'Named', meaning: 'INTERNET_OPEN_TYPE_PROXY: the proxy below.' },
] as const;

interface ClientOptionsProps {
  readonly values: OptionValues;
  readonly problems: FormProblems;
  readonly set: (change: Partial<OptionValues>) => void;
}

/** The less usual part of New client, folded away until it is wanted or something in it is wrong. */
export function ClientOptionFields({ values, problems: { fields }, set }: ClientOptionsProps) {
  const wrong = (...names: readonly (keyof OptionValues)[]): boolean => names.some((name) => fields[name] !== undefined);
  const timeout = (name: 'connectTimeout' | 'sendTimeout' | 'receiveTimeout', label: string) => (
    <Field label={label} wide numeric value={values[name]} problem={fields[name]} onChange={(text) => set({ [name]: text })} />
  );
  return (
    <div className={css.folds}>
      <Fold title="Flags" told={values.flags.length === 0 ? 'none' : `${values.flags.length} set`} open={wrong('flags')}>
        <FlagChoices label="Flags of HttpOpenRequest" searchable choices={REQUEST_FLAGS} chosen={values.flags} onChange={(flags) => set({ flags })} />
      </Fold>
      <Fold title="Timeouts and agent" told={values.userAgent} open={wrong('connectTimeout', 'sendTimeout', 'receiveTimeout', 'userAgent')}>
        <div className={css.row}>
          {timeout('connectTimeout', 'Connect, in ms')}
          {timeout('sendTimeout', 'Send, in ms')}
          {timeout('receiveTimeout', 'Receive, in ms')}
        </div>
        <p className={css.lead}>INTERNET_OPTION_*_TIMEOUT of the session. Empty leaves WinINet’s own.</p>
        <Field label="Agent" value={values.userAgent} hint="lpszAgent of InternetOpen: the User-Agent that is sent." problem={fields['userAgent']} onChange={(userAgent) => set({ userAgent })} />
      </Fold>
      <Fold title="Proxy" told={values.proxy === 'named' ? values.proxyServer : values.proxy} open={wrong('proxy', 'proxyServer', 'proxyBypass')}>
        <Choices label="Proxy" value={values.proxy} choices={PROXIES} onChange={(proxy) => set({ proxy })} />
        {values.proxy === 'named' && (
          <div className={css.row}>
            <Field label="Proxy server" wide value={values.proxyServer} hint="host:port" problem={fields['proxyServer']} onChange={(proxyServer) => set({ proxyServer })} />
            <Field label="Not for" wide value={values.proxyBypass} hint="Hosts between spaces; <local> for names without a dot." problem={fields['proxyBypass']} onChange={(proxyBypass) => set({ proxyBypass })} />
          </div>
        )}
      </Fold>
      <Fold title="Authentication" told={values.user === '' ? 'none' : values.user} open={wrong('user', 'password')}>
        <div className={css.row}>
          <Field label="User" wide value={values.user} problem={fields['user']} onChange={(user) => set({ user })} />
          <Field label="Password" wide secret value={values.password} problem={fields['password']} onChange={(password) => set({ password })} />
        </div>
        <p className={css.lead}>Parameters of InternetConnect, sent when the server asks for Basic or Digest.</p>
        <label className={css.check}>
          <input type="checkbox" checked={!values.showPassword} onChange={(event) => set({ showPassword: !event.target.checked })} />
          Keep it out of the recording: a mask stands in its place, in files and copied code too
        </label>
      </Fold>
      <Fold title="TLS" told={values.ignore.length === 0 ? 'every error counts' : `${values.ignore.length} ignored`} open={wrong('ignore')}>
        <p className={css.lead}>Certificate errors that INTERNET_OPTION_SECURITY_FLAGS ignores for this request.</p>
        <FlagChoices label="Ignored certificate errors" choices={IGNORED_ERRORS} chosen={values.ignore} onChange={(ignore) => set({ ignore })} />
      </Fold>
    </div>
  );
}
