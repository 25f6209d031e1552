import type { ReactNode } from 'react';
import type { CommandId } from '../../preload/contract/command-catalog';
import { useApp } from '../store/state';
import { Button } from '../ui/button';
import { commandEnablement, commandKeys, commandTitle, giveNamedCommand } from './registry';

interface CommandButtonProps {
  readonly command: CommandId;
  /** When the title of the command is too long for the place. */
  readonly label?: string;
  /** A sign instead of words; the title becomes its name. */
  readonly symbol?: ReactNode;
  /** Where the label needs more words to be understood by itself. */
  readonly name?: string;
  /** How what it changes stands now, in words: part of its name and its hint. */
  readonly state?: string;
  readonly look?: 'plain' | 'quiet' | 'primary' | 'danger';
  readonly showKeys?: boolean;
  readonly pressed?: boolean;
}

/** A command as a button: its words, its keys, and why it is off when it is. */
export function CommandButton({ command, label, symbol, name, state, look, showKeys = false, pressed }: CommandButtonProps) {
  const reason = useApp((state) => {
    const allowed = commandEnablement(command, state);
    return allowed.on ? undefined : allowed.reason;
  });
  const keys = useApp((state) => commandKeys(command, state));
  const plain = commandTitle(command).replace('…', '');
  const title = state === undefined ? plain : `${plain}: ${state}`;
  return (
    <Button
      look={look ?? 'plain'}
      offReason={reason}
      keys={showKeys ? keys : undefined}
      hint={keys === undefined ? title : `${title} (${keys})`}
      name={name ?? (symbol === undefined ? undefined : title)}
      pressed={pressed}
      onPress={() => giveNamedCommand(command)}
    >
      {symbol ?? label ?? title}
    </Button>
  );
}
