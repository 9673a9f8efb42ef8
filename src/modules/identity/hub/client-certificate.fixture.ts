// Certificates for tests of mutual TLS, self-signed on P-256: DER in base64. Their private keys are kept nowhere.

/** `C=FR, O=Service, CN=program`. */
export const PROGRAM = [
  'MIIBXjCCAQUCFDZy1feIRMulpUJzr62VXezkEgpVMAoGCCqGSM49BAMCMDExCzAJBgNVBAYTAkZSMRAwDgYDVQQKDAdTZXJ2aWNl',
  'MRAwDgYDVQQDDAdwcm9ncmFtMCAXDTI2MTEyNTAxNTQwNloYDzIxMjYxMTAxMDE1NDA2WjAxMQswCQYDVQQGEwJGUjEQMA4GA1UE',
  'CgwHU2VydmljZTEQMA4GA1UEAwwHcHJvZ3JhbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIaj7zoOfvnGfu3N/KY4bT6jNo+5',
  'MF5a2LJueS8vicab9s6Zb2/X6VIc/PolrkbV2/+p70ct2KrcLC46CHmsoUswCgYIKoZIzj0EAwIDRwAwRAIgB4aSenFS9ZMGOAD9',
  'MyLHe8YgunDCFHAJCvpLtVqzYsYCIDycVrJQBaoCGMukN27/AcCCl5lESmtmLOPLMirbCqf1',
].join('');

/** `C=FR, O=Service, CN=other`. */
export const OTHER = [
  'MIIBWzCCAQECFDWKTxVT1P6ASKAJSwiqkE4pPxKkMAoGCCqGSM49BAMCMC8xCzAJBgNVBAYTAkZSMRAwDgYDVQQKDAdTZXJ2aWNl',
  'MQ4wDAYDVQQDDAVvdGhlcjAgFw0yNjExMjUwMTU0MDZaGA8yMTI2MTEwMTAxNTQwNlowLzELMAkGA1UEBhMCRlIxEDAOBgNVBAoM',
  'B1NlcnZpY2UxDjAMBgNVBAMMBW90aGVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAESmM+wIJ771dk3zGQK5yiABVjJPcwnjp/',
  'Yn1U/rvwtgn7d4tIoA41ekOPmAbARo8qOaWfzAcpR3qUczWOujzebDAKBggqhkjOPQQDAgNIADBFAiB0VJxT/SUL1uv4PWW8KDpz',
  'txoXs3vphfJqFcwN840t6gIhAPx1p7r4DkG5sQu6P7TWwkmMfnpFt5MbUxc/2R578dkY',
].join('');

/** `C=FR` and one name that reads like two: its CN is `program, O=Service`. */
export const TRICKY = [
  'MIIBUDCB9wIUGD3j691ZaCIi8peZk+hsdRYyxEkwCgYIKoZIzj0EAwIwKjELMAkGA1UEBhMCRlIxGzAZBgNVBAMMEnByb2dyYW0s',
  'IE89U2VydmljZTAgFw0yNjExMjUwMTU0MDdaGA8yMTI2MTEwMTAxNTQwN1owKjELMAkGA1UEBhMCRlIxGzAZBgNVBAMMEnByb2dy',
  'YW0sIE89U2VydmljZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPCNKz9DTK5qUSd05ZKNZFSRpG0gHZeo5dxp/+Bxxgkx5ZqQ',
  'KoZWd8BdqAVe9Lfkpy01JWS+vDTuSijYZDmiOsEwCgYIKoZIzj0EAwIDSAAwRQIgBcQz3tRoN9ZmFpemYXXYXVE81AkDuJQk6Z9B',
  'pEDMiqkCIQDjUwewqTnStmREZom83bDcOjA//6P0uERC+KOx0ShdAw==',
].join('');

/** As a proxy hands a certificate on (RFC 9440, section 2.1). */
export function clientCert(certificate: string): { 'client-cert': string } {
  return { 'client-cert': `:${certificate}:` };
}
