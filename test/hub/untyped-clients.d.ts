// Client libraries that come without types of their own.
declare module 'passport';
declare module 'passport-openidconnect';
declare module 'express-session';
