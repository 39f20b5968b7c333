import { useWord } from '@ferrypay/desk/use-text.ts';

/** What a merchant said, whatever fields it has. */
export function Said({ value }: { value: unknown }) {
  const word = useWord();
  if (value === null || value === undefined || value === '') {
    return <span className="faint">—</span>;
  }
  if (Array.isArray(value)) {
    return (
      <ul>
        {value.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was said stays in its order
          <li key={index}>
            <Said value={entry} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === 'object') {
    return (
      <dl className="facts">
        {Object.entries(value).map(([name, entry]) => (
          <div key={name}>
            <dt>{word('said', name)}</dt>
            <dd>
              <Said value={entry} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  return <span className="words">{typeof value === 'boolean' ? word('said', String(value)) : String(value)}</span>;
}
