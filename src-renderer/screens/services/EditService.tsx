import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { descriptionSchema, nameSchema } from '../../../shared/domain/text.ts'
import { ask } from '../../app/ask.ts'
import { errorText } from '../../app/refusal.ts'
import type { ServiceRow } from '../../app/rows.ts'
import { Field } from '../../components/form/Field.tsx'
import { FormDialog } from '../../components/form/FormDialog.tsx'
import { useCommandForm } from '../../components/form/use-command-form.ts'
import { RhUiEditIcon } from '../../components/icons.ts'
import { notify } from '../../state/notices.ts'

const schema = z.object({ name: nameSchema, description: descriptionSchema })
type Edited = Pick<ServiceRow, 'id' | 'name' | 'description'>

/** Name and description; taking it back is safe, so the toast offers it. */
export function EditService({ service, onClose }: { readonly service: Edited; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { id, name, description } = service
  const { form, failure, busy, submit } = useCommandForm({
    schema,
    values: { name, description },
    async run(edited) {
      await ask.service.update.mutate({ id, ...edited })
      onClose()
      notify('done', t('services.edited', { name: edited.name }), () => {
        ask.service.update
          .mutate({ id, name, description })
          .catch((error: unknown) => notify('failed', errorText(error)))
      })
    },
  })
  return (
    <FormDialog
      title={t('services.edit')}
      subject={name}
      icon={RhUiEditIcon}
      submit={t('common.save')}
      busy={busy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field form={form} name="name" label={t('services.name')} autoFocus />
      <Field
        form={form}
        name="description"
        label={t('services.description')}
        hint={t('common.optional')}
        long
        max={4000}
      />
    </FormDialog>
  )
}
