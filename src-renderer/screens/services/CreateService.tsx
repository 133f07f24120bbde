import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { createServiceSchema } from '../../../shared/domain/service.ts'
import { patterns } from '../../../shared/domain/service-schema.ts'
import { systemNameFrom } from '../../../shared/domain/text.ts'
import { ask } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { refusalText } from '../../app/refusal.ts'
import { Field } from '../../components/form/Field.tsx'
import { Options } from '../../components/form/Options.tsx'
import { PageForm } from '../../components/form/PageForm.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiFingerprintIcon, RhUiKeyIcon, RhUiLockIcon } from '../../components/icons.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Mono, Note, Rich } from '../../components/small.tsx'
import { notify } from '../../state/notices.ts'

/** An empty system name is derived from the name by the rule itself. */
const schema = createServiceSchema.extend({
  systemName: z.union([z.literal('').transform(() => undefined), createServiceSchema.shape.systemName]),
})

export function CreateService() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const refused = useWhyNot()('service.create')
  const { form, failure, busy, submit } = useCommandForm({
    schema,
    values: { name: '', systemName: '', description: '', pattern: 'api_key' },
    draft: 'service.create',
    async run({ systemName, ...service }) {
      const { result } = await ask.service.create.mutate({
        ...service,
        ...(systemName !== undefined && { systemName }),
      })
      notify('done', t('services.created', { name: service.name }))
      void navigate({ to: `/services/${result.id}` })
    },
  })
  const { name, systemName, pattern = 'api_key' } = form.watch()
  const derived = systemName || systemNameFrom(name)
  return (
    <div className="lk-page">
      <PageHeader
        title={t('services.create')}
        crumbs={[{ title: t('services.title'), to: '/services' }]}
        sentence={t('services.createSentence')}
      />
      <PageForm
        submit={t('services.createButton')}
        onSubmit={submit}
        busy={busy}
        failure={failure}
        cancelTo="/services"
        unusable={refused !== undefined}
        review={
          <aside className="lk-review" aria-label={t('services.review')}>
            <div>
              <h2>{t('services.review')}</h2>
              <p className="lk-sentence">
                <Rich
                  text={t('services.reviewText', {
                    name: name.trim() || t('services.unnamed'),
                    pattern: t(`services.patterns.${pattern}`),
                  })}
                />
              </p>
              <ul>
                <li>
                  <RhUiKeyIcon />
                  {t('services.reviewToken')}
                </li>
                <li>
                  <RhUiFingerprintIcon />
                  <span>{derived === '' ? t('services.reviewNoName') : <Mono>{derived}</Mono>}</span>
                </li>
                <li>
                  <RhUiLockIcon />
                  {t('services.reviewPattern')}
                </li>
              </ul>
            </div>
          </aside>
        }
      >
        {refused && <Note title={refusalText(refused)} />}
        <Field form={form} name="name" label={t('services.name')} help={t('services.nameHelp')} autoFocus />
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
          label={t('services.pattern')}
          name="pattern"
          chosen={[pattern]}
          options={patterns.map((value) => ({
            value,
            title: t(`services.patterns.${value}`),
            meaning: t(`services.patternMeaning.${value}`),
          }))}
          onChange={([value]) => value && form.setValue('pattern', value, { shouldDirty: true })}
        />
        <Field
          form={form}
          name="description"
          label={t('services.description')}
          hint={t('common.optional')}
          long
          max={4000}
        />
      </PageForm>
    </div>
  )
}
