// Types for what the type checker cannot see by itself: .vue files for tools that do not read them, and attributes that pass through components.
/// <reference types="vite/client" />
import 'vue';

declare module 'vue' {
  interface AllowedComponentProps {
    readonly 'aria-label'?: string;
    readonly title?: string;
    readonly lang?: string;
  }
}
