import { useQuery } from '@tanstack/react-query';
import { client } from '../../connection/client.ts';
import { type Subject, subjectKey } from '../../ui/target/subject.ts';

/** What an archive file is, from the file alone. */
export function useInspection(subject: Subject, path: string) {
  const { opening } = subject;
  return useQuery({
    queryKey: [...subjectKey(subject), 'inspection'],
    queryFn: ({ signal }) =>
      client.explore.inspect({ path, ...(opening === undefined ? {} : { opening }) }, { signal }),
  });
}
