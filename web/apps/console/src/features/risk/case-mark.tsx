import { useWord } from '@ferrypay/desk/use-text.ts';
import type { RiskCase } from '../../api/risk';

/** What a case is about, or how it ended. */
export function CaseMark({ one }: { one: RiskCase }) {
  const word = useWord();
  return one.decision === null ? (
    <span className={`tag ${one.kind === 'hold' ? 'tag-warn' : 'tag-busy'}`}>{word('caseKind', one.kind)}</span>
  ) : (
    <span className={`tag ${one.decision === 'release' ? 'tag-good' : 'tag-bad'}`}>{word('caseDecision', one.decision)}</span>
  );
}
