import { useTranslation } from 'react-i18next'
import { useOpenWorkspace, useWhyNot } from '../../app/person.ts'
import { useRefusalText } from '../../app/refusal.ts'

/** Why the person may not import or export, each a sentence, or undefined where they may. */
export function useTransferReasons(): { readonly import: string | undefined; readonly export: string | undefined } {
  const { t } = useTranslation()
  const whyNot = useWhyNot()
  const { refusalText } = useRefusalText()
  const preview = useOpenWorkspace()?.previewedBy !== undefined
  const entry = whyNot('workspace.import')
  const exit = whyNot('workspace.export')
  return {
    import: entry && refusalText(entry),
    // It is written to the audit, so a preview may not (M5).
    export: preview ? t('refusal.preview_read_only') : exit && refusalText(exit),
  }
}
