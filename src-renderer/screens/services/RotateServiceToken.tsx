import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Overlap, overlapNames } from '../../../shared/domain/rotation.ts'
import { ask } from '../../app/ask.ts'
import { FormDialog } from '../../components/form/FormDialog.tsx'
import { Segments } from '../../components/form/Options.tsx'
import { RhUiRefreshIcon } from '../../components/icons.ts'
import { revealAfter } from '../../components/RevealDialog.tsx'
import { Rich } from '../../components/small.tsx'

/** S4: a new token; the old one ends after the overlap. */
export function RotateServiceToken({
  serviceId,
  serviceName,
  onClose,
}: {
  readonly serviceId: string
  readonly serviceName: string
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const [overlap, setOverlap] = useState<Overlap>('24h')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()

  async function rotate(): Promise<void> {
    setBusy(true)
    try {
      const { reveals } = await ask.service.rotateToken.mutate({ id: serviceId, overlap })
      revealAfter(onClose, reveals, serviceName)
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }

  return (
    <FormDialog
      title={t('services.rotate')}
      subject={serviceName}
      icon={RhUiRefreshIcon}
      submit={t('services.rotateButton')}
      busy={busy}
      failure={failure}
      onSubmit={rotate}
      onClose={onClose}
    >
      <Segments
        label={t('services.oldEnds')}
        name="overlap"
        chosen={overlap}
        options={overlapNames.map((value) => ({ value, title: t(`common.overlap.${value}`) }))}
        onChange={setOverlap}
      />
      <p>
        <Rich text={t(overlap === 'now' ? 'services.rotateNow' : 'services.rotateLater')} />
      </p>
    </FormDialog>
  )
}
