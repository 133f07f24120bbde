import { Button } from '@patternfly/react-core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefusalText } from '../../app/refusal.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { download } from '../../components/download.ts'
import { RhUiDocumentIcon } from '../../components/icons.ts'
import { Note, Rich } from '../../components/small.tsx'
import { example, exampleTable } from './example.ts'
import { startImport, useJobs } from './jobs.ts'

/** A file is dropped or chosen; nothing is written before its report was read. */
export function ImportStart({ reason }: { readonly reason: string | undefined }) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const fault = useJobs((jobs) => jobs.fault)
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)

  function take(file: File | undefined): void {
    if (file && reason === undefined) void startImport(file)
  }

  return (
    <section className="lk-panel" aria-label={t('transfer.import')}>
      <div className="lk-toolbar">
        <h2>{t('transfer.import')}</h2>
      </div>
      <div className="lk-panel-body lk-stack">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button in it does the same */}
        <div
          className={over ? 'lk-drop lk-over' : 'lk-drop'}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(reason === undefined)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(false)
            take(event.dataTransfer.files[0])
          }}
        >
          <RhUiDocumentIcon />
          <p>{t('transfer.drop')}</p>
          <ActionButton variant="primary" reason={reason} onClick={() => input.current?.click()}>
            {t('transfer.choose')}
          </ActionButton>
          <input
            ref={input}
            type="file"
            hidden
            aria-label={t('transfer.choose')}
            accept=".json,.csv,application/json,text/csv"
            onChange={(event) => {
              take(event.target.files?.[0])
              event.target.value = ''
            }}
          />
        </div>
        {fault === 'cancelled' ? (
          <p role="status">{t('transfer.faults.cancelled')}</p>
        ) : (
          fault !== undefined && (
            <Note
              kind="failed"
              title={typeof fault === 'string' ? t(`transfer.faults.${fault}`) : errorText(fault.error)}
            />
          )
        )}
        <p className="lk-subtle">
          <Rich text={t('transfer.formats')} />
        </p>
        <div className="lk-row lk-examples">
          <span className="lk-subtle">{t('transfer.examples')}</span>
          <Button
            variant="link"
            size="sm"
            onClick={() =>
              download('latchkey-example.json', `${JSON.stringify(example, null, 2)}\n`, 'application/json')
            }
          >
            {t('transfer.exampleJson')}
          </Button>
          <Button
            variant="link"
            size="sm"
            onClick={() => download('latchkey-applications.csv', exampleTable, 'text/csv')}
          >
            {t('transfer.exampleCsv')}
          </Button>
        </div>
      </div>
    </section>
  )
}
