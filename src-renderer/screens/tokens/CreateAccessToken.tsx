import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import {
  type Scope,
  scopes,
  type TokenPermission,
  tokenPermissions,
} from '../../../shared/domain/access-token-schema.ts'
import { sectionOfScope } from '../../../shared/domain/permission.ts'
import { nameSchema } from '../../../shared/domain/text.ts'
import { ask, trpc } from '../../app/ask.ts'
import { Field, FieldErrorLine } from '../../components/form/Field.tsx'
import { fieldErrorText } from '../../components/form/field-error.ts'
import { Options, Segments } from '../../components/form/Options.tsx'
import { PageForm } from '../../components/form/PageForm.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { ListFailed } from '../../components/ListEmpty.tsx'
import { Waiting } from '../../components/ObjectGate.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { revealSecrets } from '../../components/RevealDialog.tsx'
import { Mono, Note } from '../../components/small.tsx'
import { useNow } from '../../components/use-now.ts'
import { dateTime, joined, shortDate } from '../../i18n/formats.ts'
import { defaultChoice, type ExpiryChoice, endOf, endOfDay, expiryChoices, expiryOf } from './expiry.ts'
import { TokenReview } from './TokenReview.tsx'

const schema = z
  .object({
    name: nameSchema,
    scopes: z.array(z.enum(scopes)).min(1, 'required'),
    permission: z.enum(tokenPermissions),
    choice: z.custom<ExpiryChoice>(),
    day: z.string(),
  })
  .refine(({ choice, day }) => choice !== 'date' || endOfDay(day) !== undefined, { path: ['day'], message: 'required' })
  .refine(({ choice, day }) => choice !== 'date' || (endOfDay(day) ?? 1) > Date.now(), {
    path: ['day'],
    message: 'in_past',
  })

export function CreateAccessToken() {
  const { t } = useTranslation()
  const grant = useQuery(trpc.accessToken.grant.queryOptions({}))
  const header = (
    <PageHeader
      title={t('tokens.add')}
      crumbs={[{ title: t('tokens.title'), to: '/tokens' }]}
      sentence={t('tokens.addSentence')}
    />
  )
  return (
    <div className="lk-page">
      {header}
      {grant.data ? (
        <TokenForm grant={grant.data} />
      ) : grant.error ? (
        <ListFailed error={grant.error} onRetry={() => void grant.refetch()} />
      ) : (
        <Waiting />
      )}
    </div>
  )
}

type Grant = Awaited<ReturnType<typeof ask.accessToken.grant.query>>

function TokenForm({ grant }: { readonly grant: Grant }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const now = useNow()
  const admins = grant.admins.length > 0 ? joined(grant.admins, undefined, 'disjunction') : t('tokens.somebody')
  const { form, failure, busy, submit } = useCommandForm({
    schema,
    values: { name: '', scopes: [] as Scope[], permission: 'ro' as TokenPermission, choice: defaultChoice, day: '' },
    draft: 'accessToken.create',
    async run({ name, scopes, permission, choice, day }) {
      const expiry = expiryOf(choice, day)
      if (expiry === undefined) return
      const { reveals } = await ask.accessToken.create.mutate({ name, scopes, permission, expiry })
      const end = endOf(choice, day, Date.now())
      const facts = [
        name,
        scopes.map((scope) => t(`common.scope.${scope}`)).join(', '),
        t(`common.permission.${permission}`),
        end === 0 ? t('tokens.neverExpires') : shortDate(end ?? 0),
      ]
      await navigate({ to: '/tokens' })
      revealSecrets(reveals, facts.join(' · '))
    },
  })
  const { scopes: chosen = [], permission = 'ro', choice = defaultChoice, day = '' } = form.watch()
  const { errors } = form.formState
  const end = endOf(choice, day, now)
  const reasonOf = (scope: Scope) =>
    grant.scopes.includes(scope)
      ? undefined
      : t('tokens.needsSection', { section: t(`common.section.${sectionOfScope[scope]}`), admins })

  return (
    <PageForm
      submit={t('tokens.createButton')}
      onSubmit={submit}
      busy={busy}
      failure={failure}
      cancelTo="/tokens"
      unusable={grant.scopes.length === 0}
      review={<TokenReview grant={grant} scopes={chosen} permission={permission} end={end} />}
    >
      {grant.scopes.length === 0 && <Note title={t('tokens.noScopes')}>{t('tokens.noScopesText', { admins })}</Note>}
      <Field form={form} name="name" label={t('tokens.name')} help={t('tokens.nameHelp')} autoFocus />
      <Options
        label={t('tokens.scopes')}
        hint={t('tokens.atLeastOne')}
        name="scopes"
        many
        chosen={chosen}
        options={scopes.map((value) => ({
          value,
          title: t(`common.scope.${value}`),
          meaning: t(`tokens.scopeMeaning.${value}`),
          aside: <Mono subtle>{value}</Mono>,
          reason: reasonOf(value),
        }))}
        onChange={(next) =>
          form.setValue('scopes', [...next], { shouldDirty: true, shouldValidate: form.formState.isSubmitted })
        }
        error={errors.scopes && <FieldErrorLine text={t('tokens.oneScope')} />}
      />
      <Options
        label={t('tokens.permission')}
        name="permission"
        side
        chosen={[permission]}
        options={tokenPermissions.map((value) => ({
          value,
          title: t(`common.permission.${value}`),
          meaning: t(`tokens.permissionMeaning.${value}`),
          reason: value === 'rw' && grant.permission === 'ro' ? t('refusal.widening') : undefined,
        }))}
        onChange={([value]) => value && form.setValue('permission', value, { shouldDirty: true })}
      />
      <div>
        <Segments
          label={t('tokens.expires')}
          name="choice"
          chosen={choice}
          options={expiryChoices.map((value) => ({
            value: value as ExpiryChoice,
            title:
              value === 'date'
                ? t('tokens.expiryDate')
                : value === 'never'
                  ? t('tokens.expiryNever')
                  : t('tokens.expiryDays', { days: Number(value) }),
          }))}
          after={<span className="lk-subtle">{end !== undefined && end > 0 ? dateTime(end) : ''}</span>}
          onChange={(value) => form.setValue('choice', value, { shouldDirty: true })}
        />
        {choice === 'date' && (
          <div className="lk-field lk-day">
            <label>
              {t('tokens.expiryDateLabel')}
              <input
                className="lk-input"
                type="date"
                aria-invalid={errors.day !== undefined}
                {...form.register('day')}
              />
            </label>
            {errors.day && <FieldErrorLine text={fieldErrorText(errors.day)} />}
          </div>
        )}
        {choice === 'never' && (
          <div className="lk-day">
            <Note title={t('tokens.neverWarning')} />
          </div>
        )}
      </div>
    </PageForm>
  )
}
