// `npm start`: starts the whole of Socle in this process and says where it is.
import './compile-cache.ts';

// Only what is imported from here on is kept.
const { serve } = await import('#app/serve.ts');
await serve(process.env);
