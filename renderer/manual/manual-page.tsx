import { pictures } from 'manual:pages';
import { Fragment } from 'react';
import { commandEnablement, commandKeys, giveNamedCommand } from '../commands/registry';
import type { ManualBlock, ManualPage, ManualText } from '../model/manual';
import { closeManual, readOn } from '../store/manual';
import { useApp } from '../store/state';
import { assertUnreachable } from '../../preload/contract/result';
import { classNames } from '../ui/class-names';
import css from './manual.module.css';

export function ManualPageView({ page }: { readonly page: ManualPage }) {
  return (
    <article className={css.page}>
      <h3 className={css.title}>{page.title}</h3>
      <Blocks blocks={page.blocks} />
    </article>
  );
}

// A page never changes while it is shown, so the place of a block is a key that stays.
function Blocks({ blocks }: { readonly blocks: readonly ManualBlock[] }) {
  return blocks.map((block, at) => <Block key={at} block={block} />);
}

function Block({ block }: { readonly block: ManualBlock }) {
  switch (block.kind) {
    case 'heading': return <h4 id={block.id} className={css.heading}>{block.text}</h4>;
    case 'paragraph': return <p className={css.paragraph}><Texts parts={block.parts} /></p>;
    case 'list': {
      const items = block.items.map((item, at) => <li key={at}><Blocks blocks={item} /></li>);
      return block.ordered ? <ol className={css.steps}>{items}</ol> : <ul className={css.points}>{items}</ul>;
    }
    case 'table': return (
      <table className={css.table}>
        <thead><tr>{block.head.map((cell, at) => <th key={at} scope="col"><Texts parts={cell} /></th>)}</tr></thead>
        <tbody>{block.rows.map((row, at) => <tr key={at}>{row.map((cell, column) => <td key={column}><Texts parts={cell} /></td>)}</tr>)}</tbody>
      </table>
    );
    case 'code': return <pre className={css.code}>{block.text}</pre>;
    case 'tip': return <aside className={css.tip}><Blocks blocks={block.blocks} /></aside>;
    case 'picture': return <Picture name={block.name} says={block.says} width={block.width} height={block.height} />;
    default: return assertUnreachable(block);
  }
}

/** One picture for each theme; what is not shown is not loaded. */
function Picture({ name, says, width, height }: { readonly name: string; readonly says: string; readonly width: number; readonly height: number }) {
  const at = pictures[name];
  if (at === undefined) return undefined;
  return (
    <figure className={css.picture}>
      <img className={css.inLight} src={at.light} alt={says} width={width} height={height} loading="lazy" />
      <img className={css.inDark} src={at.dark} alt={says} width={width} height={height} loading="lazy" />
    </figure>
  );
}

function Texts({ parts }: { readonly parts: readonly ManualText[] }) {
  return parts.map((part, at) => <Fragment key={at}><Text part={part} /></Fragment>);
}

function Text({ part }: { readonly part: ManualText }) {
  switch (part.kind) {
    case 'text': return part.text;
    case 'emphasis': return <em><Texts parts={part.parts} /></em>;
    case 'name': return <b className={css.name}>{part.text}</b>;
    case 'code': return <code className={css.word}>{part.text}</code>;
    case 'command': return <TryIt command={part.command} words={part.text} />;
    case 'keys': return <kbd className={css.keys}>{commandKeys(part.command) ?? part.text}</kbd>;
    case 'page': return <button type="button" className={css.link} onClick={() => readOn(part.place)}>{part.text}</button>;
    default: return assertUnreachable(part);
  }
}

/** Leaves the manual and gives the command; one that cannot be given now says why. */
function TryIt({ command, words }: { readonly command: Extract<ManualText, { readonly kind: 'command' }>['command']; readonly words: string }) {
  const reason = useApp((state) => {
    if (state.dialog !== undefined) return 'Another dialog is open below the manual: leave it first.';
    const allowed = commandEnablement(command, state);
    return allowed.on ? undefined : allowed.reason;
  });
  return (
    <button
      type="button"
      className={classNames(css.tryIt, reason !== undefined && css.off)}
      aria-disabled={reason !== undefined}
      aria-description={reason}
      title={reason ?? `Leaves the manual: ${words}`}
      onClick={() => {
        if (reason !== undefined) return;
        closeManual();
        // The focus is back where it was before the command looks at it, or takes it.
        setTimeout(() => giveNamedCommand(command), 0);
      }}
    >
      {words}
    </button>
  );
}
