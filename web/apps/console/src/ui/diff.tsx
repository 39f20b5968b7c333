import { useWord } from '@ferrypay/desk/use-text.ts';
import type { Change } from '../api/types';
import { useText } from '../i18n/use-text';

/** What is now, and what would be. */
export function Diff({ changes }: { changes: Change[] }) {
  const say = useText();
  const word = useWord();
  return (
    <table className="diff">
      <thead>
        <tr>
          <th scope="col">{say('diff.field')}</th>
          <th scope="col">{say('diff.before')}</th>
          <th scope="col">{say('diff.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{word('diffField', field)}</th>
            <td>{before === null ? <span className="faint">—</span> : before === after ? before : <del>{before}</del>}</td>
            <td>{after === null ? <span className="faint">—</span> : before === after ? after : <ins>{after}</ins>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
