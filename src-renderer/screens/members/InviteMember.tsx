import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { emailSchema, nameSchema } from '../../../shared/domain/text.ts'
import { ask } from '../../app/ask.ts'
import { useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'
import { Field } from '../../components/form/Field.tsx'
import { PageForm } from '../../components/form/PageForm.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiClockIcon, RhUiKeyIcon, RhUiLockIcon } from '../../components/icons.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Note, Rich } from '../../components/small.tsx'
import { notify } from '../../state/notices.ts'
import { RightsFields } from './RightsFields.tsx'
import { useRightsSentence } from './RightsReview.tsx'
import { accessOf, type Rights } from './rights.ts'
import { useServices } from './use-services.ts'

const schema = z.object({ name: nameSchema, email: emailSchema })
/** Nothing is given unless it is chosen (M1, M2). */
const nothing: Rights = { role: 'member', sections: [], mode: 'none', services: [] }

export function InviteMember() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const services = useServices()
  const { refusalText } = useRefusalText()
  const refused = useWhyNot()('member.edit')
  const [rights, setRights] = useState(nothing)
  const { form, failure, busy, submit } = useCommandForm({
    schema,
    values: { name: '', email: '' },
    draft: 'member.invite',
    async run(person) {
      const { role, sections } = rights
      const { result } = await ask.member.invite.mutate({
        ...person,
        role,
        sections: [...sections],
        serviceAccess: accessOf(rights),
      })
      notify('done', t('members.invited', { name: person.name }))
      void navigate({ to: '/members/$id', params: { id: result.id } } as never)
    },
  })
  const name = form.watch('name') ?? ''
  const sentence = useRightsSentence(name, rights, 0, services)
  return (
    <div className="lk-page">
      <PageHeader
        title={t('members.invite')}
        crumbs={[{ title: t('members.title'), to: '/members' }]}
        sentence={t('members.inviteSentence')}
      />
      <PageForm
        submit={t('members.inviteButton')}
        onSubmit={submit}
        busy={busy}
        failure={failure}
        cancelTo="/members"
        unusable={refused !== undefined}
        review={
          <aside className="lk-review" aria-label={t('members.review.title')}>
            <div>
              <h2>{t('members.review.title')}</h2>
              <p className="lk-sentence" aria-live="polite">
                <Rich text={sentence} />
              </p>
              <ul>
                <li>
                  <RhUiClockIcon />
                  {t('members.reviewInvited')}
                </li>
                <li>
                  <RhUiKeyIcon />
                  {t('members.reviewTokens')}
                </li>
                <li>
                  <RhUiLockIcon />
                  {t('members.reviewAdmins')}
                </li>
              </ul>
            </div>
          </aside>
        }
      >
        {refused && <Note title={refusalText(refused)} />}
        <Field form={form} name="name" label={t('members.name')} autoFocus />
        <Field
          form={form}
          name="email"
          label={t('members.email')}
          help={t('members.emailHelp')}
          type="email"
          max={254}
        />
        <RightsFields rights={rights} services={services} disabled={refused !== undefined} onChange={setRights} />
      </PageForm>
    </div>
  )
}
