import { connectBridge } from './bridge/connect.ts'

const bridge = connectBridge()
const place = document.getElementById('root')
const show = (text: string) => place?.replaceChildren(text)
show(bridge.status())
bridge.onStatus(show)
bridge.client.console.status.query().then(
  (status) => show(JSON.stringify(status)),
  (error: Error) => show(error.message),
)
