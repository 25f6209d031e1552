import type { CertificateInfo, HttpSecurity } from '../../../preload/contract/http-exchange';
import { Facts } from '../section';
import { TitledPart } from './titled-part';

const ROLES: Readonly<Record<CertificateInfo['role'], string>> = { server: 'Certificate of the server', issuer: 'Issued by', client: 'Certificate of the client' };

/** What the record holds of TLS, and why there is no more. */
export function SecurityView({ security: { facts, certificates, note } }: { readonly security: HttpSecurity }) {
  return (
    <>
      {(facts.length > 0 || note !== undefined) && <TitledPart title="TLS" note={note}>{facts.length > 0 && <Facts facts={facts} />}</TitledPart>}
      {certificates.map((certificate, place) => (
        <TitledPart key={`${place} ${certificate.role}`} title={ROLES[certificate.role]} note={certificate.problem}><Facts facts={certificate.facts} /></TitledPart>
      ))}
    </>
  );
}
