// What a new runbook begins with: every key of the head that is asked for, and one step that changes nothing.

export const NEW_RUNBOOK = `runbook: my-service-failover
title: Move my service to the other site
# Keys of the services that it recovers.
services: []
scenario: site-loss
level: partial
targets:
  server:
    host: ''
steps:
  - id: look
    title: Look at the service
    check: systemctl is-active my-service
    on: server
    timeout: 30s
    estimate: 5s
`;
