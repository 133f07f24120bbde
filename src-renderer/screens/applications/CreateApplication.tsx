import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { appIdInput, appKeyInput, userKeyInput } from '../../../shared/domain/credential.ts'
import { descriptionSchema, nameSchema } from '../../../shared/domain/text.ts'
import { ask, trpc } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { refusalOf, refusalText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { Field } from '../../components/form/Field.tsx'
import { fieldErrorText } from '../../components/form/field-error.ts'
import { Segments } from '../../components/form/Options.tsx'
import { PageForm } from '../../components/form/PageForm.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiCaretDownIcon, RhUiClockIcon, RhUiKeyIcon, RhUiSecuredIcon } from '../../components/icons.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { revealSecrets } from '../../components/RevealDialog.tsx'
import { Note, Rich } from '../../components/small.tsx'
import { notify } from '../../state/notices.ts'
import { findAccounts, findServices } from './find.ts'
import { ListEditor } from './ListEditor.tsx'
import { ownSecret } from './own-secret.ts'
import { Picker } from './Picker.tsx'
import { examples, useListRules } from './rules.ts'
import type { newApplicationSearch } from './search.ts'

const schema = z.object({
  accountId: z.string().min(1, 'required'),
  serviceId: z.string().min(1, 'required'),
  planId: z.string(),
  name: nameSchema,
  description: descriptionSchema,
  accept: z.boolean(),
  userKey: ownSecret(userKeyInput),
  appId: z.union([z.literal(''), appIdInput]),
  appKey: ownSecret(appKeyInput),
  withKey: z.boolean(),
  redirectUrls: z.array(z.string()),
  ipRanges: z.array(z.string()),
  referrers: z.array(z.string()),
})
type Filled = z.output<typeof schema>

/** What the command takes of the form: the fields of the service's pattern, and lists that the service looks at. */
function inputOf(filled: Filled, { pattern, usageRules }: ServiceRow) {
  const { accountId, serviceId, planId, name, description, accept } = filled
  const { userKey, appId, appKey, withKey, redirectUrls, ipRanges, referrers } = filled
  const custom = usageRules.customKeys
  return {
    accountId,
    serviceId,
    name,
    description,
    accept,
    ...(planId !== '' && { planId }),
    ...(pattern === 'api_key' && custom && userKey !== '' && { userKey }),
    ...(pattern === 'app_id_key' && appId !== '' && { appId }),
    ...(pattern === 'app_id_key' && (usageRules.atLeastOneKey || withKey) && custom && appKey !== '' && { appKey }),
    ...(pattern === 'app_id_key' && !usageRules.atLeastOneKey && { withKey }),
    ...(pattern === 'oauth' && { redirectUrls }),
    ...(usageRules.ipFilter !== 'off' && { ipRanges }),
    ...(usageRules.referrerFilter !== 'off' && { referrers }),
  }
}

/** The service that the form names. A draft may name one that is gone by now: that is said at its field. */
async function chosenService(id: string): Promise<ServiceRow> {
  try {
    return await ask.service.get.query({ id })
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal) throw error
    throw Object.assign(new Error(refusal.code), { data: { refusal: { ...refusal, field: 'serviceId' } } })
  }
}

export function CreateApplication() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const given = useSearch({ strict: false }) as z.output<typeof newApplicationSearch>
  const rules = useListRules()
  const whyNot = useWhyNot()
  const led = given.account !== undefined || given.service !== undefined
  const { form, failure, busy, submit } = useCommandForm({
    schema,
    values: {
      accountId: given.account ?? '',
      serviceId: given.service ?? '',
      planId: '',
      name: '',
      description: '',
      accept: false,
      userKey: '',
      appId: '',
      appKey: '',
      withKey: true,
      redirectUrls: [],
      ipRanges: [],
      referrers: [],
    },
    // Who comes from an account or a service begins anew, in that one.
    ...(!led && { draft: 'application.create' }),
    omit: ['userKey', 'appKey'],
    async run(filled) {
      const chosen = service ?? (await chosenService(filled.serviceId))
      const { result, reveals } = await ask.application.create.mutate(inputOf(filled, chosen))
      await navigate({ to: `/applications/${result.id}` })
      if (reveals.length === 0) notify('done', t('applications.made', { name: filled.name }))
      revealSecrets(reveals, `${filled.name} · ${account?.name ?? ''}`)
    },
  })
  const values = form.watch()
  const account = useQuery({
    ...trpc.account.get.queryOptions({ id: values.accountId }),
    enabled: values.accountId !== '',
  }).data
  const service = useQuery({
    ...trpc.service.get.queryOptions({ id: values.serviceId }),
    enabled: values.serviceId !== '',
  }).data
  const refused = whyNot('application.edit', values.serviceId === '' ? undefined : values.serviceId)
  const { errors } = form.formState
  const errorOf = (field: 'accountId' | 'serviceId') => {
    const error = errors[field]
    return error && fieldErrorText(error)
  }
  const set = <Name extends keyof Filled>(name: Name, value: Filled[Name]) =>
    form.setValue(name, value as never, { shouldDirty: true, shouldValidate: form.formState.isSubmitted })
  const plan = service?.plans.find(({ id }) => id === (values.planId || service.defaultPlanId))
  const waits = service?.usageRules.approvalRequired === true && !values.accept
  const back = given.service !== undefined ? `/services/${given.service}/applications` : '/applications'

  return (
    <div className="lk-page">
      <PageHeader
        title={t('applications.create')}
        crumbs={[{ title: t('applications.title'), to: '/applications' }]}
        sentence={t('applications.createSentence')}
      />
      <PageForm
        submit={t('applications.createButton')}
        onSubmit={submit}
        busy={busy}
        failure={failure}
        cancelTo={given.account === undefined ? back : `/accounts/${given.account}`}
        unusable={refused !== undefined}
        review={
          <aside className="lk-review" aria-label={t('applications.review')}>
            <div>
              <h2>{t('applications.review')}</h2>
              <p className="lk-sentence">
                <Rich
                  text={t('applications.reviewText', {
                    name: plain(values.name.trim() || t('applications.unnamed')),
                    account: plain(account?.name ?? t('applications.someAccount')),
                    service: plain(service?.name ?? t('applications.someService')),
                  })}
                />
              </p>
              {service && (
                <ul>
                  <li>
                    <RhUiKeyIcon />
                    {t(`applications.reviewCredential.${madeOf(service, values)}`)}
                  </li>
                  <li>
                    <RhUiSecuredIcon />
                    {plan ? t('applications.reviewPlan', { plan: plan.name }) : t('applications.reviewNoPlan')}
                  </li>
                  <li>
                    <RhUiClockIcon />
                    {t(waits ? 'applications.reviewPending' : 'applications.reviewLive')}
                  </li>
                </ul>
              )}
            </div>
          </aside>
        }
      >
        {refused && <Note title={refusalText(refused)} />}
        <Picker
          label={t('applications.account')}
          name="accounts"
          value={account && { id: account.id, name: account.name }}
          find={findAccounts}
          onPick={(picked) => picked && set('accountId', picked.id)}
          placeholder={t('applications.findAccount')}
          help={t('applications.accountHelp')}
          error={errorOf('accountId')}
          autoFocus={given.account === undefined}
        />
        <Picker
          label={t('applications.service')}
          name="services"
          value={service && { id: service.id, name: service.name }}
          find={findServices}
          onPick={(picked) => {
            if (!picked) return
            set('serviceId', picked.id)
            set('planId', '')
          }}
          placeholder={t('applications.findService')}
          help={service && t(`applications.patternHelp.${service.pattern}`)}
          error={errorOf('serviceId')}
        />
        <Field form={form} name="name" label={t('applications.name')} help={t('applications.nameHelp')} />
        {service && service.plans.length > 0 && (
          <div className="lk-field lk-medium">
            <label>
              {t('applications.plan')}
              <span className="lk-select">
                <select
                  className="lk-input"
                  value={values.planId || (service.defaultPlanId ?? '')}
                  onChange={(event) => set('planId', event.target.value)}
                >
                  {service.defaultPlanId === undefined && <option value="">{t('applications.withoutPlan')}</option>}
                  {service.plans.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {id === service.defaultPlanId ? t('applications.defaultPlan', { name }) : name}
                    </option>
                  ))}
                </select>
                <RhUiCaretDownIcon />
              </span>
            </label>
          </div>
        )}
        {service?.usageRules.approvalRequired && (
          <div>
            <label className="lk-row">
              <span className="lk-tick">
                <input
                  type="checkbox"
                  checked={values.accept}
                  onChange={(event) => set('accept', event.target.checked)}
                />
              </span>
              {t('applications.acceptNow')}
            </label>
            <p className="lk-help">{t('applications.acceptNowHelp')}</p>
          </div>
        )}
        {service?.pattern === 'api_key' && service.usageRules.customKeys && (
          <Field
            form={form}
            name="userKey"
            label={t('applications.ownUserKey')}
            hint={t('common.optional')}
            help={t('applications.ownUserKeyHelp')}
            type="password"
            mono
            max={256}
          />
        )}
        {service?.pattern === 'app_id_key' && (
          <>
            <Field
              form={form}
              name="appId"
              label={t('applications.ownAppId')}
              hint={t('common.optional')}
              help={t('applications.ownAppIdHelp')}
              mono
              min={4}
            />
            {!service.usageRules.atLeastOneKey && (
              <Segments
                label={t('applications.firstKey')}
                name="withKey"
                chosen={values.withKey ? 'key' : 'keyless'}
                options={[
                  { value: 'key', title: t('applications.withKey') },
                  { value: 'keyless', title: t('applications.keyless') },
                ]}
                after={!values.withKey && <span className="lk-subtle">{t('applications.keylessText')}</span>}
                onChange={(value) => set('withKey', value === 'key')}
              />
            )}
            {service.usageRules.customKeys && (service.usageRules.atLeastOneKey || values.withKey) && (
              <Field
                form={form}
                name="appKey"
                label={t('applications.ownKey')}
                hint={t('common.optional')}
                help={t('applications.ownKeyHelp')}
                type="password"
                mono
                min={5}
              />
            )}
          </>
        )}
        {service?.pattern === 'oauth' && (
          <ListEditor
            label={t('applications.redirectUrls')}
            hint={t('common.optional')}
            items={values.redirectUrls}
            rule={rules.redirectUrls}
            placeholder={examples.redirectUrls}
            onChange={(items) => set('redirectUrls', [...items])}
          />
        )}
        {service && service.usageRules.ipFilter !== 'off' && (
          <ListEditor
            label={t('applications.ipRanges')}
            hint={t(`applications.filterHint.${service.usageRules.ipFilter}`)}
            items={values.ipRanges}
            rule={rules.ipRanges}
            placeholder={examples.ipRanges}
            onChange={(items) => set('ipRanges', [...items])}
          />
        )}
        {service && service.usageRules.referrerFilter !== 'off' && (
          <ListEditor
            label={t('applications.referrers')}
            hint={t(`applications.filterHint.${service.usageRules.referrerFilter}`)}
            items={values.referrers}
            rule={rules.referrers}
            placeholder={examples.referrers}
            onChange={(items) => set('referrers', [...items])}
          />
        )}
        <Field
          form={form}
          name="description"
          label={t('applications.description')}
          hint={t('common.optional')}
          long
          max={4000}
        />
      </PageForm>
    </div>
  )
}

/** A name may hold what marks emphasis in a sentence: it must not close it. */
function plain(name: string): string {
  return name.replaceAll('*', '∗').replaceAll('`', 'ˋ')
}

/** What is made with the application, as the review says it. */
function madeOf({ pattern, usageRules }: ServiceRow, { withKey, userKey, appKey }: Filled): string {
  if (pattern === 'oauth') return 'secret'
  if (pattern === 'api_key') return userKey === '' ? 'userKey' : 'ownUserKey'
  if (!usageRules.atLeastOneKey && !withKey) return 'keyless'
  return appKey === '' ? 'appKey' : 'ownAppKey'
}
