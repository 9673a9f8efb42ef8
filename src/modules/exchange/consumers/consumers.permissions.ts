// What the consumer's room asks of whoever calls it. Whose use is seen is a parameter of queries.
import { definePermissions } from '#platform/access.ts';

/** Those who call APIs see their organisation's use. */
export const consumersPermissions = definePermissions('exchange', {
  readConsumerRoom: ['api-consumer', 'product-team'],
});
