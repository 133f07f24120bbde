import { Button } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import type { AuditRow } from '../../app/rows.ts'
import { Dialog } from '../../components/Dialog.tsx'
import { RhUiHistoryIcon } from '../../components/icons.ts'
import { Mono } from '../../components/small.tsx'
import { dateTime, exactUtc } from '../../i18n/formats.ts'
import { EventSentence, useChangeText, useFieldText } from './words.tsx'

/** Everything the trail has of one event. */
export function EventDialog({ event, onClose }: { readonly event: AuditRow; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const changeText = useChangeText()
  const fieldText = useFieldText()
  return (
    <Dialog
      title={t('audit.event')}
      subject={<EventSentence event={event} />}
      icon={RhUiHistoryIcon}
      width={640}
      onClose={onClose}
      buttons={
        <Button variant="primary" onClick={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <dl className="lk-facts">
        <dt>{t('audit.when')}</dt>
        <dd>
          {dateTime(event.at)} <span className="lk-subtle">{exactUtc(event.at)}</span>
        </dd>
        <dt>{t('audit.who')}</dt>
        <dd>{event.actorName || t('audit.system')}</dd>
        <dt>{t('audit.channel')}</dt>
        <dd>{t(`audit.channels.${event.channel}`)}</dd>
        <dt>{t('audit.device')}</dt>
        <dd>
          <Mono>{event.device}</Mono>{' '}
          <span className="lk-subtle">{t('audit.sequence', { sequence: event.sequence })}</span>
        </dd>
        <dt>{t('audit.codeLabel')}</dt>
        <dd>
          <Mono>{event.code}</Mono>
        </dd>
        {event.changes.map(({ field, before, after }) => (
          <FieldChange
            key={field}
            field={fieldText(field)}
            before={changeText(field, before)}
            after={changeText(field, after)}
          />
        ))}
      </dl>
    </Dialog>
  )
}

function FieldChange({
  field,
  before,
  after,
}: {
  readonly field: string
  readonly before: string
  readonly after: string
}) {
  return (
    <>
      <dt>{field}</dt>
      <dd>
        <span className="lk-subtle">{before}</span> {'→'} {after}
      </dd>
    </>
  )
}
