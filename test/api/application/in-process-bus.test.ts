// The bus: everybody who listens is told, and a broken listener harms nobody.
import { describe, expect, it } from 'vitest';
import { createInProcessBus } from '../../../api/application/in-process-bus.ts';

const MESSAGE = { drill: 'DR-1', entries: [] };

function bus() {
  const errors: unknown[] = [];
  const heard: string[] = [];
  const made = createInProcessBus((error, topic) => errors.push([topic, String(error)]));
  return { ...made, errors, heard, hear: (name: string) => (message: { drill: string }) => void heard.push(`${name} ${message.drill}`) };
}

describe('the in-process bus', () => {
  it('tells each listener of the topic in the order of subscribing', () => {
    const b = bus();
    b.subscribe('drill', b.hear('a'));
    b.subscribe('drill', b.hear('b'));
    b.subscribe('scores', () => b.heard.push('scores'));
    b.publish('drill', MESSAGE);
    expect(b.heard).toEqual(['a DR-1', 'b DR-1']);
  });

  it('goes on with the others when a listener throws, and reports it', () => {
    const b = bus();
    b.subscribe('drill', () => {
      throw new Error('broken');
    });
    b.subscribe('drill', b.hear('b'));
    b.publish('drill', MESSAGE);
    expect(b.heard).toEqual(['b DR-1']);
    expect(b.errors).toEqual([['drill', 'Error: broken']]);
  });

  it('tells nothing after the subscription has ended, and ends it once', () => {
    const b = bus();
    const listener = b.hear('a');
    const end = b.subscribe('drill', listener);
    b.subscribe('drill', listener);
    end();
    end();
    b.publish('drill', MESSAGE);
    expect(b.heard).toEqual(['a DR-1']);
  });

  it('lets a listener end its own subscription while it is told', () => {
    const b = bus();
    const end = b.subscribe('drill', () => {
      b.heard.push('once');
      end();
    });
    b.subscribe('drill', b.hear('b'));
    b.publish('drill', MESSAGE);
    b.publish('drill', MESSAGE);
    expect(b.heard).toEqual(['once', 'b DR-1', 'b DR-1']);
  });
});
