import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Verification } from '../../../shared/model/listing.ts';
import { printable } from '../../../shared/report/printable.ts';
import { useText } from '../../i18n/use-text.ts';
import { CopyIcon } from '../../ui/CopyIcon.tsx';
import { saveFile } from '../../ui/entry/save-file.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Bytes, Count } from '../../ui/Quantity.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './verify.module.css';

/** What was found in one archive: the judgement, what it rests on, and every damage by name. */
export function Report({ result }: { readonly result: Verification }) {
  const { t, pick } = useText();
  const { archive, service, level, sound, signer, damage, bytes, entries } = result;
  const save = () => {
    const content = `${JSON.stringify(result, undefined, 2)}\n`;
    saveFile(new Blob([content], { type: 'application/json' }), `verify ${archive}.json`);
  };
  return (
    <Paper withBorder p="md" component="section" aria-label={service}>
      <Group justify="space-between" mb="sm">
        <Group gap="sm">
          <Title order={2} size="h5">
            {printable(service)}
          </Title>
          <StatusBadge tone={sound ? 'good' : 'bad'}>
            {t(sound ? 'verify:sound' : 'verify:damaged')}
          </StatusBadge>
        </Group>
        <Button size="compact-sm" variant="subtle" leftSection={<IconDownload size={14} />} onClick={save}>
          {t('verify:report.save')}
        </Button>
      </Group>
      <Text size="sm" mb="sm">
        {t(sound ? `verify:proved.${level}` : 'verify:report.damagedText')}
      </Text>
      {damage.length > 0 && (
        <table className={classes.damage}>
          <thead>
            <tr>
              <th scope="col">{t('verify:report.where')}</th>
              <th scope="col">{t('verify:report.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {damage.map(({ where, problem }) => (
              <tr key={`${where.en} ${problem.en}`}>
                <td>{printable(pick(where))}</td>
                <td>{printable(pick(problem))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Facts
        facts={[
          [t('verify:report.archive'), printable(archive)],
          [t('verify:report.read'), <Bytes key="bytes" value={bytes} />],
          [t('verify:report.entries'), <Count key="entries" value={entries} />],
          [
            t('verify:report.signer'),
            signer === undefined ? (
              t('verify:report.nobody')
            ) : (
              <Group key="signer" gap={4} wrap="nowrap">
                <span className={classes.signer}>{signer}</span>
                <CopyIcon text={signer} />
              </Group>
            ),
          ],
        ]}
      />
    </Paper>
  );
}
