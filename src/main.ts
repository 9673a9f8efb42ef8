// `npm start`: starts the whole of Socle in this process and says where it is.
import { serve } from '#app/serve.ts';

await serve(process.env);
