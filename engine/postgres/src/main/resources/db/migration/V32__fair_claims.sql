-- Firings that may be due, of each subject in their order: a claim takes of all subjects in turn.
create index firing_due on firing (subject, id) where state in ('collecting', 'waiting') and due < 'infinity';
