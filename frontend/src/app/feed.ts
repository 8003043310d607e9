import { MutationCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "@/api/client";
import { LiveFeed } from "@/api/live";
import { translate } from "@/i18n";
import { toldBy } from "@/ui/form-problem";
import { tell } from "@/ui/toast";

const MAX_TRIES = 2;

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) =>
        failures < MAX_TRIES &&
        (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
    },
  },
  // Forms show their refusals themselves; whatever else fails is told in a corner.
  mutationCache: new MutationCache({
    onError: (error, _values, _context, mutation) => {
      if (!mutation.meta?.inForm) {
        tell(toldBy(error, translate), "error");
      }
    },
  }),
});

export const liveFeed = new LiveFeed(client);
