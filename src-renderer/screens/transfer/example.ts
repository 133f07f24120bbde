/** A small file to begin from: its rows name each other by their own ids. */
import { transferFormat, transferVersion } from '../../../shared/domain/transfer-schema.ts'

export const example = {
  format: transferFormat,
  version: transferVersion,
  services: [{ id: 'weather', name: 'Weather API', systemName: 'weather', pattern: 'api_key' }],
  accounts: [{ id: '17', name: 'Acme', developers: [{ name: 'Robin Vale', email: 'robin@acme.example' }] }],
  applications: [{ id: '171', name: 'Acme Mobile', service: 'weather', account: '17' }],
  members: [{ name: 'Kim Novak', email: 'kim@example.com', sections: ['partners'], serviceAccess: ['weather'] }],
}

export const exampleTable = 'name,service,account,description\r\nAcme Mobile,weather,Acme,The app of Acme\r\n'
