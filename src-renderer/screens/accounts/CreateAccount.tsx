import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { descriptionSchema, emailSchema, nameSchema } from '../../../shared/domain/text.ts'
import { ask } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { refusalText } from '../../app/refusal.ts'
import { Field } from '../../components/form/Field.tsx'
import { Options } from '../../components/form/Options.tsx'
import { PageForm } from '../../components/form/PageForm.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiApplicationsIcon, RhUiUsersIcon } from '../../components/icons.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Note, Rich } from '../../components/small.tsx'
import { notify } from '../../state/notices.ts'

const states = ['approved', 'pending'] as const

/** The first developer is left out, or given with both name and e-mail. */
const schema = z
  .object({
    name: nameSchema,
    note: descriptionSchema,
    state: z.enum(states),
    developerName: z.union([z.literal(''), nameSchema]),
    developerEmail: z.union([z.literal(''), emailSchema]),
  })
  .refine(({ developerName, developerEmail }) => developerEmail === '' || developerName !== '', {
    path: ['developerName'],
    message: 'required',
  })
  .refine(({ developerName, developerEmail }) => developerName === '' || developerEmail !== '', {
    path: ['developerEmail'],
    message: 'required',
  })

export function CreateAccount() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const refused = useWhyNot()('account.edit')
  const { form, failure, busy, submit } = useCommandForm({
    schema,
    values: { name: '', note: '', state: 'approved', developerName: '', developerEmail: '' },
    draft: 'account.create',
    async run({ name, note, state, developerName, developerEmail }) {
      const { result } = await ask.account.create.mutate({
        name,
        note,
        state,
        ...(developerName !== '' && { developer: { name: developerName, email: developerEmail } }),
      })
      notify('done', t('accounts.made', { name }))
      void navigate({ to: `/accounts/${result.id}` })
    },
  })
  const { name, state, developerName } = form.watch()
  const plain = name.trim().replaceAll('*', '∗').replaceAll('`', 'ˋ')
  return (
    <div className="lk-page">
      <PageHeader
        title={t('accounts.create')}
        crumbs={[{ title: t('accounts.title'), to: '/accounts' }]}
        sentence={t('accounts.createSentence')}
      />
      <PageForm
        submit={t('accounts.createButton')}
        onSubmit={submit}
        busy={busy}
        failure={failure}
        cancelTo="/accounts"
        unusable={refused !== undefined}
        review={
          <aside className="lk-review" aria-label={t('accounts.review')}>
            <div>
              <h2>{t('accounts.review')}</h2>
              <p className="lk-sentence">
                <Rich text={t('accounts.reviewText', { name: plain || t('accounts.unnamed') })} />
              </p>
              <ul>
                <li>
                  <RhUiUsersIcon />
                  {developerName.trim() === ''
                    ? t('accounts.reviewNobody')
                    : t('accounts.reviewDeveloper', { name: developerName.trim() })}
                </li>
                <li>
                  <RhUiApplicationsIcon />
                  {t(`accounts.reviewState.${state}`)}
                </li>
              </ul>
            </div>
          </aside>
        }
      >
        {refused && <Note title={refusalText(refused)} />}
        <Field form={form} name="name" label={t('accounts.name')} help={t('accounts.nameHelp')} autoFocus />
        <Options
          label={t('accounts.state')}
          name="state"
          side
          chosen={[state]}
          options={states.map((value) => ({
            value,
            title: t(`accounts.states.${value}`),
            meaning: t(`accounts.stateMeaning.${value}`),
          }))}
          onChange={([value]) => value && form.setValue('state', value, { shouldDirty: true })}
        />
        <fieldset className="lk-field">
          <legend>
            {t('accounts.firstDeveloper')} <span>{t('common.optional')}</span>
          </legend>
          <div className="lk-two">
            <Field form={form} name="developerName" label={t('accounts.developerName')} />
            <Field form={form} name="developerEmail" label={t('accounts.email')} type="email" max={254} />
          </div>
          <p className="lk-help">{t('accounts.developerHelp')}</p>
        </fieldset>
        <Field form={form} name="note" label={t('accounts.note')} hint={t('common.optional')} long max={4000} />
      </PageForm>
    </div>
  )
}
