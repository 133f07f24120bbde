/**
 * The one dialog for every one-time secret. Masked; the primary button waits for a copy or a reveal; a click outside
 * does nothing; Esc and × ask first. The secret lives in this component's state and goes with it.
 */
import { Button } from '@patternfly/react-core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RevealTicket } from '../../shared/protocol/console.ts'
import { useRefusalText } from '../app/refusal.ts'
import { openDialog } from '../state/dialogs.tsx'
import { ClearingChoice, ClearsIn, useClearing } from './ClipboardClearing.tsx'
import { CopyButton } from './CopyButton.tsx'
import { Dialog } from './Dialog.tsx'
import { RhUiDisconnectedIcon, RhUiKeyIcon, RhUiPrintIcon, RhUiViewIcon, RhUiViewOffIcon } from './icons.ts'
import { printRecoveryCode } from './print.ts'
import { masked, verifyingCall } from './reveal-commands.ts'
import { Note } from './small.tsx'
import { type Reveal, useReveal } from './use-reveal.ts'

/** Shows waiting secrets one after the other. `subject`: what it is, in one line; `done` runs after the last. */
export function revealSecrets(tickets: readonly RevealTicket[], subject?: ReactNode, done?: () => void): void {
  const [ticket, ...rest] = tickets
  if (!ticket) {
    done?.()
    return
  }
  openDialog((close) => (
    <RevealDialog
      ticket={ticket}
      subject={subject ?? ticket.objectName}
      onDone={() => {
        close()
        revealSecrets(rest, undefined, done)
      }}
    />
  ))
}

/** Closes the dialog that asked, then shows: focus has gone back by then, so that it returns there again. */
export function revealAfter(onClose: () => void, tickets: readonly RevealTicket[], subject: ReactNode): void {
  onClose()
  requestAnimationFrame(() => revealSecrets(tickets, subject))
}

function RevealDialog({
  ticket,
  subject,
  onDone,
}: {
  readonly ticket: RevealTicket
  readonly subject: ReactNode
  readonly onDone: () => void
}) {
  const { t } = useTranslation()
  const { errorText } = useRefusalText()
  const reveal = useReveal(ticket.ticket)
  const [leaving, setLeaving] = useState(false)
  const { kind } = ticket
  const name = t(`reveal.kind.${kind}`)
  const noun = t(`reveal.noun.${kind}`)
  const { secret } = reveal
  const clearing = useClearing()
  function copied(text: string): void {
    reveal.keep()
    clearing.copied(text)
  }

  if (reveal.failure !== undefined) {
    return (
      <Dialog
        title={t(`reveal.title.${kind}`)}
        subject={subject}
        icon={RhUiKeyIcon}
        onClose={onDone}
        buttons={
          <Button variant="primary" onClick={onDone}>
            {t('common.close')}
          </Button>
        }
      >
        <Note kind="failed" title={errorText(reveal.failure)}>
          {t('reveal.goneHint')}
        </Note>
      </Dialog>
    )
  }
  if (leaving) {
    return (
      <Dialog
        title={t('reveal.leaveTitle')}
        subject={subject}
        icon={RhUiKeyIcon}
        width={640}
        onClose={() => setLeaving(false)}
        buttons={
          <>
            <Button variant="primary" onClick={() => setLeaving(false)}>
              {t('reveal.goBack')}
            </Button>
            <Button variant="secondary" isDanger onClick={onDone}>
              {t('reveal.closeAnyway')}
            </Button>
          </>
        }
      >
        <p>{t(`reveal.leaveText.${kind === 'recoveryCode' ? 'recoveryCode' : 'other'}`)}</p>
      </Dialog>
    )
  }
  return (
    <Dialog
      title={t(`reveal.title.${kind}`)}
      subject={subject}
      icon={RhUiKeyIcon}
      width={640}
      onClose={() => setLeaving(true)}
      note={reveal.saved ? '' : t('reveal.first', { noun })}
      buttons={
        <Button variant="primary" isDisabled={!reveal.saved} onClick={onDone}>
          {t('reveal.saved')}
        </Button>
      }
    >
      <div>
        <div className="lk-secret">
          <div className="lk-secret-head">
            <strong>{name}</strong>
            <Button
              variant="plain"
              size="sm"
              isDisabled={secret === undefined}
              icon={reveal.shown ? <RhUiViewOffIcon /> : <RhUiViewIcon />}
              onClick={reveal.toggle}
            >
              {t(reveal.shown ? 'reveal.hide' : 'reveal.show', { noun })}
            </Button>
            <CopyButton
              label={t('reveal.copy', { noun })}
              small
              variant="primary"
              text={async () => taken(secret)}
              onCopied={copied}
            />
          </div>
          <output aria-label={name} aria-live="off">
            {secret === undefined ? '…' : reveal.shown ? secret : masked(secret)}
          </output>
        </div>
        <div className="lk-under">
          <span>{t(`reveal.once.${kind}`)}</span>
          <ClearsIn at={clearing.at} />
        </div>
      </div>
      <Call ticket={ticket} reveal={reveal} onCopied={copied} />
      {kind === 'recoveryCode' ? (
        <Button
          variant="tertiary"
          icon={<RhUiPrintIcon />}
          isDisabled={secret === undefined}
          onClick={() => {
            if (secret === undefined) return
            reveal.keep()
            printRecoveryCode(secret, ticket.objectName)
          }}
        >
          {t('reveal.print')}
        </Button>
      ) : (
        <Note kind="quiet" icon={<RhUiDisconnectedIcon />} title={t('reveal.notSynced')}>
          {t('reveal.notSyncedText')}
        </Note>
      )}
      <ClearingChoice clearing={clearing} label={t('reveal.clearClipboard', { noun })} />
    </Dialog>
  )
}

/** Nothing can be copied before the secret is there. */
function taken(secret: string | undefined): string {
  if (secret === undefined) throw new Error('The secret is not there yet')
  return secret
}

function Call({
  ticket,
  reveal,
  onCopied,
}: {
  readonly ticket: RevealTicket
  readonly reveal: Reveal
  readonly onCopied: (text: string) => void
}) {
  const { t } = useTranslation()
  const { secret } = reveal
  if (secret === undefined) return null
  const shown = reveal.shown ? secret : `${/^lk_[a-z]{2}_/.exec(secret)?.[0] ?? ''}••••••••`
  const call = verifyingCall(ticket, shown)
  if (!call) return null
  return (
    <div className="lk-code">
      <div className="lk-code-head">
        <span>{t('reveal.check')}</span>
        <CopyButton
          label={t('reveal.copyCommand')}
          small
          text={async () => {
            const whole = verifyingCall(ticket, secret)
            return whole ? `curl ${whole.address}${whole.rest}` : ''
          }}
          onCopied={onCopied}
        />
      </div>
      <pre>
        {'curl '}
        <em>{call.address}</em>
        {call.rest}
      </pre>
    </div>
  )
}
