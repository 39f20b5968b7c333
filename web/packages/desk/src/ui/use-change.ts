import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { problemText } from './problem-text.ts';
import { useToasts } from './toasts.tsx';

interface Change<I, O> {
  run: (input: I) => Promise<O>;
  /** What is asked for again afterwards. */
  renews?: QueryKey[];
  /** Said when it went well. */
  done?: string | ((output: O) => string);
  onDone?: (output: O, input: I) => void;
  /** For forms that show the problem themselves. */
  quiet?: boolean;
}

/** A change: what it spoils is read again, and what goes wrong is said. */
export function useChange<I, O>({ run, renews = [], done, onDone, quiet = false }: Change<I, O>) {
  const cache = useQueryClient();
  const { tell } = useToasts();
  return useMutation({
    mutationFn: run,
    onSuccess: async (output: O, input: I) => {
      await Promise.all(renews.map((queryKey) => cache.invalidateQueries({ queryKey })));
      if (done !== undefined) {
        tell('good', typeof done === 'string' ? done : done(output));
      }
      onDone?.(output, input);
    },
    onError: (error) => {
      if (!quiet) {
        tell('bad', problemText(error));
      }
    },
  });
}
