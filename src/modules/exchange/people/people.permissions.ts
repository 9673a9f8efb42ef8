// What the person's room and the answering of questions ask of whoever calls them. Whose is whose is a parameter of queries.
import { definePermissions } from '#platform/access.ts';

/** Citizens see who obtained their data; producers answer them; consumers read what is asked of their accesses. */
export const peoplePermissions = definePermissions('exchange', {
  readOwnAccesses: ['citizen'],
  answerQuestions: ['data-producer'],
  readQuestionsOnUs: ['api-consumer', 'product-team'],
});
