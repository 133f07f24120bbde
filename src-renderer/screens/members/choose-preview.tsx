import { openDialog } from '../../state/dialogs.tsx'
import { ChoosePreview } from './dialogs.tsx'
import { startPreview } from './preview.ts'

/** Asks through whose eyes, and looks. */
export function choosePreview(navigate: (to: string) => void): void {
  openDialog((close) => <ChoosePreview onPreview={(id) => startPreview(id, navigate)} onClose={close} />)
}
