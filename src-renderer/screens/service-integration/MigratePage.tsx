/** Migrate (A2): a new service of another pattern beside the old one, new credentials for every application. */
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { migrateService } from '../../../shared/domain/service-pattern.ts'
import { type Pattern, patterns } from '../../../shared/domain/service-schema.ts'
import { systemNameFrom } from '../../../shared/domain/text.ts'
import { type Answers, ask, trpc } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { refusalOf, useRefusalText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { revealMany } from '../../components/BulkReveal.tsx'
import { Field } from '../../components/form/Field.tsx'
import { Options } from '../../components/form/Options.tsx'
import { PageForm } from '../../components/form/PageForm.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiCheckCircleFillIcon, RhUiDuplicateIcon, RhUiKeyIcon, RhUiLockIcon } from '../../components/icons.ts'
import { ObjectGate } from '../../components/ObjectGate.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Mono, Note, Rich } from '../../components/small.tsx'
import { figure } from '../../i18n/formats.ts'
import { Mapping } from './Mapping.tsx'

const input = migrateService.input
const schema = input
  .omit({ id: true })
  .extend({ systemName: z.union([z.literal('').transform(() => undefined), input.shape.systemName]) })

export type Migration = Answers['service']['migrate']['result']

export function MigratePage() {
  const { t } = useTranslation()
  const { id = '' } = useParams({ strict: false })
  const answer = useQuery(trpc.service.get.queryOptions({ id }))
  const [made, setMade] = useState<{
    readonly migration: Migration
    readonly name: string
    readonly pattern: Pattern
  }>()
  const crumbs = [
    { title: t('services.title'), to: '/services' },
    { title: answer.data?.name ?? t('services.pattern'), to: `/services/${id}/integration` },
  ]
  return (
    <ObjectGate answer={answer} crumbs={crumbs}>
      {(service) => (
        <div className="lk-page">
          <PageHeader
            key={made ? 'made' : 'form'}
            title={made ? t('integration.migrated', { name: service.name }) : t('integration.migrate')}
            crumbs={crumbs}
            sentence={made ? undefined : t('integration.migrateSentence')}
          />
          {made ? (
            <Mapping service={service} {...made} />
          ) : (
            <MigrateForm
              service={service}
              onMade={(migration, name, pattern, reveals) => {
                setMade({ migration, name, pattern })
                if (reveals.length > 0) revealMany(reveals, name, migration.applications)
              }}
            />
          )}
        </div>
      )}
    </ObjectGate>
  )
}

function MigrateForm({
  service,
  onMade,
}: {
  readonly service: ServiceRow
  readonly onMade: (
    migration: Migration,
    name: string,
    pattern: Pattern,
    reveals: Answers['service']['migrate']['reveals'],
  ) => void
}) {
  const { t } = useTranslation()
  const { refusalText } = useRefusalText()
  const refused = useWhyNot()('service.create')
  const others = patterns.filter((pattern) => pattern !== service.pattern)
  const { form, failure, busy, submit } = useCommandForm({
    schema,
    values: {
      name: t('integration.newName', { name: service.name }),
      systemName: '',
      pattern: others[0] ?? 'api_key',
    },
    async run({ name, systemName, pattern }) {
      const { result, reveals } = await ask.service.migrate.mutate({
        id: service.id,
        name,
        pattern,
        ...(systemName !== undefined && { systemName }),
      })
      onMade(result, name, pattern, reveals)
    },
  })
  const { name, systemName, pattern = 'api_key' } = form.watch()
  const derived = systemName || systemNameFrom(name)
  const impossible = refused
    ? refusalText(refused)
    : service.migratedTo
      ? t('integration.migratedAlready')
      : service.state === 'retired'
        ? t('integration.retiredNot')
        : undefined
  const already = refusalOf(failure)?.params.successor
  return (
    <PageForm
      submit={t('integration.migrateButton')}
      onSubmit={submit}
      busy={busy}
      failure={failure}
      cancelTo={`/services/${service.id}/integration`}
      unusable={impossible !== undefined}
      review={
        <aside className="lk-review" aria-label={t('integration.review')}>
          <div>
            <h2>{t('integration.review')}</h2>
            <p className="lk-sentence">
              <Rich
                text={t('integration.reviewText', {
                  name: name.trim() || t('services.unnamed'),
                  pattern: t(`services.patterns.${pattern}`),
                  old: service.name,
                })}
              />
            </p>
            <ul>
              <li>
                <RhUiDuplicateIcon />
                {t('integration.reviewCopies')}
              </li>
              <li>
                <RhUiKeyIcon />
                {t('integration.reviewCredentials', {
                  count: service.applications,
                  figure: figure(service.applications),
                })}
              </li>
              <li>
                <RhUiCheckCircleFillIcon />
                {t('integration.reviewOld')}
              </li>
              <li>
                <RhUiLockIcon />
                <span>
                  {t('integration.reviewName')} <Mono>{derived}</Mono>
                </span>
              </li>
            </ul>
          </div>
        </aside>
      }
    >
      {impossible !== undefined && <Note kind="quiet" icon={<RhUiLockIcon />} title={impossible} />}
      <Field form={form} name="name" label={t('integration.newServiceName')} autoFocus />
      <Field
        form={form}
        name="systemName"
        label={t('services.systemName')}
        hint={t('common.optional')}
        help={t('services.systemNameHelp')}
        placeholder={systemNameFrom(name)}
        mono
      />
      <Options
        label={t('integration.newPattern')}
        name="pattern"
        chosen={[pattern]}
        options={others.map((value) => ({
          value,
          title: t(`services.patterns.${value}`),
          meaning: t(`integration.meaning.${value}`),
        }))}
        onChange={([value]) => value && form.setValue('pattern', value, { shouldDirty: true })}
      />
      {typeof already === 'string' && already !== '' && <Note title={t('integration.migratedTo', { name: already })} />}
    </PageForm>
  )
}
