// Decorator metadata must be there before any decorated class is loaded.
import 'reflect-metadata';
