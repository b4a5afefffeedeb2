<?php

declare(strict_types=1);

namespace Swoole\Process;

use Swoole\Coroutine;
use Swoole\Coroutine\Channel;
use Swoole\ExitException;
use Swoole\Process\RedisQueue\Connection;
use Swoole\Process\RedisQueue\ConnectionException;
use Swoole\Process\RedisQueue\Exception;
use Swoole\Process\RedisQueue\Message;
use Swoole\Process\RedisQueue\Scripts;
use Swoole\Process\RedisQueue\ServerError;

/**
 * A queue of messages on Redis Streams, for processes of any number of machines. Each message is handled at least once.
 * The object connects when it is used, in each process by itself.
 */
class RedisQueue
{
    public const HIGH = 1;
    public const NORMAL = 2;
    public const LOW = 3;

    private const OPTIONS = [
        'host' => '127.0.0.1', 'port' => 6379, 'path' => '', 'user' => '', 'password' => '', 'database' => 0, 'tls' => false,
        'timeout' => 5.0, 'retry' => 10.0, 'visibility' => 60.0, 'max_attempts' => 5, 'backoff' => 1.0, 'max_backoff' => 300.0,
        'prefetch' => 1, 'unique' => 3600.0, 'poll' => 1.0, 'stale' => 600.0, 'allowed_classes' => true,
    ];
    private const GROUP = 'workers';
    /** How many connections without work are kept. */
    private const IDLE = 64;

    /** @var array<string, mixed> */
    private array $options = self::OPTIONS;
    /** The keys that all scripts get. @var list<string> */
    private array $keys;
    /** The process to which the following belongs. */
    private int $pid = 0;
    private string $consumer = '';
    /** @var list<Connection> */
    private array $idle = [];
    /** @var array<int, Connection> those that wait for messages, by the object's id */
    private array $waiting = [];
    /** A wait that a signal has interrupted, and the latest moment for its reply. @var array{Connection, float}|null */
    private ?array $interrupted = null;
    /** Entries that were taken and not returned: priority, id, fields, and when they were taken. @var list<array{int, string, mixed, float}> */
    private array $taken = [];
    /** The messages of this process that still exist. @var \WeakMap<Message, true> */
    private readonly \WeakMap $messages;
    /** Whether a connection has broken after a command: what that has taken did not come. */
    private bool $isInDoubt = false;
    /** How many coroutines take messages. */
    private int $takers = 0;
    /** Closed when the coroutine that takes what did not come has ended; null if there is none. */
    private ?Channel $recovery = null;
    private bool $isStopped = false;
    /** The pause after the last failures to reach the server, and when it ends. */
    private float $pause = 0.0;
    private float $resume = 0.0;

    /** @param array<string, mixed> $options */
    public function __construct(private readonly string $name, array $options = [])
    {
        if (!preg_match('/^[^{}\s]+$/D', $name)) {
            throw new \ValueError('the name of a queue must not be empty, nor have spaces or braces');
        }
        foreach ($options as $key => $value) {
            $this->options[$key] = self::option((string) $key, $value);
        }
        $this->messages = new \WeakMap();
        $this->keys = array_map($this->key(...), [self::HIGH, self::NORMAL, self::LOW, 'delayed', 'dead', 'looked', 'cleaned']);
    }

    private static function option(string $name, mixed $value): mixed
    {
        $default = self::OPTIONS[$name] ?? throw new \ValueError("a queue has no option $name");
        if (is_float($default) && is_int($value)) {
            $value = (float) $value;
        }
        $is = get_debug_type($value);
        $fits = match ($name) {
            'tls', 'allowed_classes' => is_bool($value) || is_array($value),
            default => $is === get_debug_type($default),
        };
        if (!$fits) {
            throw new \TypeError("the option $name must be of type " . (is_bool($default) ? 'bool or array' : get_debug_type($default)) . ", $is given");
        }
        $least = match ($name) {
            'timeout', 'visibility', 'poll', 'stale' => 0.001,
            'port', 'prefetch' => 1,
            default => 0,
        };
        $most = $name === 'port' ? 65535 : 1_000_000_000;
        if ((is_int($value) || is_float($value)) && !($value >= $least && $value <= $most)) {
            throw new \ValueError("the option $name must be from $least to $most");
        }
        return $value;
    }

    /**
     * Adds a message. Returns its id. A message with an id of the script that was pushed before, within the time of the
     * option `unique`, is not added again.
     */
    public function push(mixed $value, float $delay = 0, int $priority = self::NORMAL, ?string $id = null): string
    {
        if ($priority < self::HIGH || $priority > self::LOW) {
            throw new \ValueError('the priority must be HIGH, NORMAL or LOW');
        }
        $wait = self::delay($delay);
        if ($id !== null && !preg_match('/^[!-~]{1,255}$/D', $id)) {
            throw new \ValueError('an id must have from 1 to 255 visible ASCII characters');
        }
        [$format, $body] = is_string($value) ? ['s', $value] : ['p', serialize($value)];
        $name = $id ?? bin2hex(random_bytes(12));
        if ($wait === 0 && $id === null) {
            $this->one(['XADD', $this->key($priority), '*', 'i', $name, 'a', '0', 'f', $format, 'b', $body], false);
            return $name;
        }
        $keys = $this->keys;
        $keys[5] = $this->key("id:$name");
        $window = $id === null ? 0 : self::milliseconds($this->options['unique']);
        // Only the id makes it safe to repeat the command when its reply was lost.
        $this->script(Scripts::PUSH, $keys, [$wait, $priority, $format, $name, $body, $window], $window > 0);
        return $name;
    }

    /** Takes a message, and waits for one. Null after the timeout in seconds (negative: none), or after stop(). */
    public function pop(float $timeout = -1): ?Message
    {
        return $this->next($timeout < 0 ? INF : Connection::now() + $timeout, false, $this->options['retry']);
    }

    /**
     * Handles messages until stop() is called. A message is acknowledged when its handler has returned, unless it was
     * settled in another way, and released with backoff when the handler throws.
     */
    public function consume(callable $handler): void
    {
        while (!$this->isStopped) {
            $this->serve($handler);
        }
        $this->close();
    }

    /**
     * @internal One turn of consume(): handles at most one message. Returns whether there was one. A signal ends the wait,
     * and the next turn continues it. `$context` are the first arguments of the handler.
     */
    public function serve(callable $handler, float $seconds = 1.0, mixed ...$context): bool
    {
        $message = null;
        $pause = $this->resume - Connection::now();
        if ($pause > 0) {
            self::sleep(min($pause, $seconds));
            return false;
        }
        try {
            // In a coroutine nothing else has to be done meanwhile.
            $message = $this->next(Connection::now() + $seconds, Coroutine::getCid() <= 0, 0.0);
            if ($this->pause > 0) {
                $this->pause = 0.0;
                swoole_error_log(SWOOLE_LOG_NOTICE, "queue $this->name: the server answers again");
            }
        } catch (ConnectionException $failure) {
            if ($this->pause === 0.0) {
                swoole_error_log(SWOOLE_LOG_WARNING, "queue $this->name: {$failure->getMessage()}");
            }
            $this->pause = min(max($this->pause * 2, 0.05), 1.0);
            $this->resume = Connection::now() + $this->pause;
        }
        if ($message === null) {
            return false;
        }
        try {
            $handler(...[...$context, $message]);
        } catch (ExitException $exit) {
            throw $exit;
        } catch (\Throwable $failure) {
            $this->fail($message, $failure);
        }
        try {
            $message->isSettled() || $this->finish($message);
        } catch (Exception $failure) {
            $this->warn("message $message->id was handled, but the server was not told: {$failure->getMessage()}");
        }
        return true;
    }

    /** Acknowledges a message, and takes the next one with the same round trip. */
    private function finish(Message $message): void
    {
        if ($this->isStopped || $this->taken !== [] || $this->recovery !== null) {
            $message->ack();
            return;
        }
        $message->settled();
        $this->takers++;
        try {
            $taken = $this->script(...$this->take($message->priority, $message->entry));
            $this->note($taken);
        } finally {
            $this->takers--;
        }
        // When a reply was lost, the message was acknowledged twice.
        if ($taken[3] === 0 && !$this->isInDoubt) {
            $this->warn("message $message->id was handled, but it was not in the queue any more: it may be handled again");
        }
    }

    private function fail(Message $message, \Throwable $failure): void
    {
        $reason = get_class($failure) . ": {$failure->getMessage()} in {$failure->getFile()}:{$failure->getLine()}";
        $this->warn("message $message->id, attempt $message->attempts: $reason");
        try {
            $message->isSettled() || $message->release(null, $reason);
        } catch (Exception) {
            // It is taken again when its time is over.
        }
    }

    private function warn(string $text): void
    {
        swoole_error_log(SWOOLE_LOG_WARNING, "queue $this->name: $text");
    }

    /** Lets pop() and consume() return without another message. May be called in a signal handler. */
    public function stop(): void
    {
        $this->isStopped = true;
        $this->own();
        // Outside of coroutines a signal has ended the wait already, and the waiting call does the rest.
        if ($this->waiting !== [] && Coroutine::stats()['coroutine_num'] > 0) {
            Coroutine::getCid() > 0 ? $this->unblock(...$this->waiting) : Coroutine::create($this->unblock(...), ...$this->waiting);
        }
    }

    /**
     * Gives back what was taken and not returned, removes this consumer unless it has messages, and closes the connections.
     * The next call connects again.
     */
    public function close(): void
    {
        $this->own();
        try {
            if ($this->interrupted !== null) {
                [$connection, $latest] = $this->interrupted;
                $this->unblock($connection);
                $this->await($connection, $latest, 0.0, false);
            }
            [$taken, $this->taken, $scripts] = [$this->taken, [], []];
            foreach ($taken as [$priority, $entry]) {
                $scripts[] = [Scripts::RELEASE, $this->keys, [self::GROUP, $priority, $entry, 0, 0, 0, '']];
            }
            if ($this->idle !== []) {
                $this->scripts([...$scripts, [Scripts::LEAVE, $this->keys, [self::GROUP, $this->consumer]]], true, 0.0);
            }
        } catch (Exception $failure) {
            // The time of these messages ends, and other workers remove the consumer.
            $this->warn($failure->getMessage());
        }
        $this->idle = [];
    }

    /** Numbers of messages: `waiting`, `pending` (workers have them), `delayed`, `dead`; and those of each priority. */
    public function stats(): array
    {
        $counts = $this->script(Scripts::STATS, $this->keys, [self::GROUP]);
        $priorities = [];
        foreach ([self::HIGH, self::NORMAL, self::LOW] as $number => $priority) {
            $priorities[$priority] = ['waiting' => $counts[2 * $number], 'pending' => $counts[2 * $number + 1]];
        }
        return [
            'waiting' => array_sum(array_column($priorities, 'waiting')), 'pending' => array_sum(array_column($priorities, 'pending')),
            'delayed' => $counts[6], 'dead' => $counts[7], 'priorities' => $priorities,
        ];
    }

    /** The oldest dead letters. @return list<array<string, mixed>> */
    public function dead(int $count = 100): array
    {
        $letters = [];
        foreach ($this->one(['XRANGE', $this->key('dead'), '-', '+', 'COUNT', (string) max(1, $count)]) as [$entry, $words]) {
            $fields = self::fields($words);
            $body = $fields['b'] ?? null;
            try {
                $body = $body === null ? null : $this->decode($fields);
            } catch (\Throwable) {
                // As it is in the queue.
            }
            $letters[] = [
                'id' => $fields['i'] ?? '', 'body' => $body, 'reason' => $fields['r'] ?? '', 'attempts' => (int) ($fields['a'] ?? 0),
                'priority' => (int) ($fields['p'] ?? self::NORMAL), 'time' => (int) $entry / 1000,
            ];
        }
        return $letters;
    }

    /** Puts the oldest dead letters back into the queue, as if they were new. Returns how many; those without a body stay. */
    public function redrive(int $count = 100): int
    {
        return $this->script(Scripts::REDRIVE, $this->keys, [max(0, $count)]);
    }

    /** Removes all dead letters. Returns how many there were. */
    public function clearDead(): int
    {
        [$count] = $this->exchange([['XLEN', $this->key('dead')], ['DEL', $this->key('dead')]], true, $this->options['retry']);
        return $count instanceof ServerError ? throw new Exception($count->text) : $count;
    }

    /** @internal For messages: the result of a script about one. @param list<int|float|string> $arguments */
    public function settle(Message $message, string $script, array $arguments): int
    {
        return $this->script($script, $this->keys, [self::GROUP, $message->priority, $message->entry, ...$arguments]);
    }

    /** @internal For messages: the words that tell how a message is released. @return list<int|string> */
    public function terms(Message $message, ?float $delay, string $reason): array
    {
        if ($delay === null) {
            $longest = min($this->options['backoff'] * 2 ** min($message->attempts - 1, 32), $this->options['max_backoff']);
            // Not all at the same moment.
            $delay = $longest * mt_rand(500, 1000) / 1000;
        }
        return [1, $this->options['max_attempts'], self::delay($delay), $reason];
    }

    private function next(float $until, bool $isTurn, float $retry): ?Message
    {
        $this->own();
        while (!$this->isStopped) {
            if ($this->isInDoubt && $this->recovery === null && $this->takers === 0 && $this->interrupted === null) {
                $this->recover($retry);
            }
            if ($this->taken !== []) {
                $message = $this->open(...array_shift($this->taken));
                if ($message !== null) {
                    return $message;
                }
            } elseif (!$this->fetch($until, $isTurn, $retry)) {
                return null;
            }
        }
        return null;
    }

    /** Takes messages. False when there is none and the time is over, or in a turn that a signal has ended. */
    private function fetch(float $until, bool $isTurn, float $retry): bool
    {
        if ($this->recovery !== null) {
            return $this->awaitRecovery($this->recovery, $until);
        }
        $retries = Connection::now() + $retry;
        for ($pause = 0.05;; $pause = min($pause * 2, 1.0)) {
            $this->takers++;
            try {
                if ($this->interrupted === null) {
                    $due = $this->note($this->scripts([$this->take()], true, 0.0)[0]);
                    $now = Connection::now();
                    $left = min($isTurn ? INF : $until - $now, $this->options['poll'], $due < 0 ? INF : $due / 1000);
                    if ($this->taken !== [] || $left <= 0) {
                        return $this->taken !== [] || $until > $now;
                    }
                    $waits = [$this->wait($left), $now + $left + $this->options['timeout']];
                } else {
                    $waits = $this->interrupted;
                }
                return $this->await(...$waits, until: $until, isTurn: $isTurn);
            } catch (ConnectionException $failure) {
                $this->isInDoubt = true;
                if ($failure->getCode() === SOCKET_ECANCELED) {
                    return false;
                }
                if ($this->isStopped || Connection::now() + $pause > $retries) {
                    throw $failure;
                }
                self::sleep($pause);
            } finally {
                $this->takers--;
            }
        }
    }

    /** Takes what the server has given to this process, and what did not come. Meanwhile nothing else is taken. */
    private function recover(float $retry): void
    {
        $known = array_map(static fn (array $taken): string => "$taken[0] $taken[1]", $this->taken);
        foreach ($this->messages as $message => $is) {
            $known[] = "$message->priority $message->entry";
        }
        $this->recovery = $recovery = new Channel();
        try {
            [$found] = $this->scripts([[Scripts::RECOVER, $this->keys, [self::GROUP, $this->consumer, ...$known]]], true, $retry);
            $this->isInDoubt = false;
        } finally {
            $this->recovery = null;
            $recovery->close();
        }
        foreach ($found as [$priority, $entries]) {
            $this->note([$priority, $entries, -1]);
        }
    }

    /** Waits until another coroutine has taken what did not come. The result is that of fetch(). */
    private function awaitRecovery(Channel $recovery, float $until): bool
    {
        $left = $until - Connection::now();
        if ($left <= 0) {
            return false;
        }
        if (Coroutine::getCid() < 0) {
            // A signal handler in the middle of it.
            usleep(10_000);
            return true;
        }
        $recovery->pop(min($left, 1e6));
        return $recovery->errCode !== SWOOLE_CHANNEL_CANCELED;
    }

    /** Begins to wait for messages. */
    private function wait(float $seconds): Connection
    {
        $connection = $this->connection();
        $connection->send([[
            'XREADGROUP', 'GROUP', self::GROUP, $this->consumer, 'COUNT', (string) $this->options['prefetch'],
            'BLOCK', (string) max(1, self::milliseconds($seconds)), 'STREAMS', ...array_slice($this->keys, 0, 3), '>', '>', '>',
        ]]);
        return $connection;
    }

    /** Waits for messages. The result is that of fetch(). */
    private function await(Connection $connection, float $latest, float $until, bool $isTurn): bool
    {
        $this->interrupted = null;
        $number = spl_object_id($connection);
        $this->waiting[$number] = $connection;
        try {
            // A signal handler that has run just before a wait does not end it, so that each is short.
            while (!$connection->receive(min($isTurn && !$this->isStopped ? $until : INF, Connection::now() + 1.0), $latest, $reply)) {
                if ($this->isStopped) {
                    $this->unblock($connection);
                } elseif ($isTurn) {
                    // The next turn continues it.
                    $this->interrupted = [$connection, $latest];
                    return false;
                }
            }
        } finally {
            unset($this->waiting[$number]);
        }
        $this->keep($connection);
        if ($reply instanceof ServerError) {
            // Somebody has removed a stream or its group: it is made again.
            return $reply->is('NOGROUP', 'UNBLOCKED') ? true : throw self::failure($reply);
        }
        foreach ($reply ?? [] as [$key, $entries]) {
            $this->note([array_search($key, $this->keys, true) + 1, $entries, -1]);
        }
        return $reply !== null || Connection::now() < $until;
    }

    /** Ends waits at the server. If it refuses, they end by themselves soon. */
    private function unblock(Connection ...$waiting): void
    {
        try {
            $commands = array_map(static fn (Connection $connection): array => ['CLIENT', 'UNBLOCK', (string) $connection->id], array_values($waiting));
            $this->exchange($commands, true, 0.0);
        } catch (Exception) {
        }
    }

    /** Keeps what was taken. Returns the milliseconds until a delayed message is due. @param array{int, list<array{string, mixed}>, int, 3?: int} $reply */
    private function note(array $reply): int
    {
        [$priority, $entries, $due] = $reply;
        foreach ($entries as [$entry, $words]) {
            $this->taken[] = [$priority, $entry, $words, Connection::now()];
        }
        return $due;
    }

    /** Makes a message of an entry. Null if that is none, which goes to the dead letters, or if another worker has it. */
    private function open(int $priority, string $entry, mixed $words, float $time): ?Message
    {
        $place = [self::GROUP, $priority, $entry];
        if (Connection::now() - $time > min($this->options['visibility'] / 2, 1.0)
            && $this->script(Scripts::TOUCH, $this->keys, [...$place, $this->consumer]) === 0) {
            return null;
        }
        $fields = self::fields($words);
        try {
            $body = isset($fields['b']) ? $this->decode($fields) : throw new Exception('the entry has no body');
        } catch (\Throwable $failure) {
            $this->warn("entry $entry goes to the dead letters: {$failure->getMessage()}");
            $this->script(Scripts::RELEASE, $this->keys, [...$place, 1, 1, 0, $failure->getMessage()]);
            return null;
        }
        $attempts = 1 + max(0, (int) ($fields['a'] ?? 0));
        // Other programs may give none, or one that would spoil the log.
        $id = preg_match('/^[!-~]{1,255}$/D', $fields['i'] ?? '') ? $fields['i'] : $entry;
        $message = new Message($this, $entry, $this->consumer, $id, $body, $attempts, $priority);
        $this->messages[$message] = true;
        return $message;
    }

    /** @return array<string, string> */
    private static function fields(mixed $words): array
    {
        $fields = [];
        foreach (array_chunk(is_array($words) ? $words : [], 2) as [$name, $value]) {
            $fields[$name] = $value;
        }
        return $fields;
    }

    /** @param array<string, string> $fields */
    private function decode(array $fields): mixed
    {
        if (($fields['f'] ?? 's') !== 'p') {
            return $fields['b'];
        }
        $value = @unserialize($fields['b'], ['allowed_classes' => $this->options['allowed_classes']]);
        return $value !== false || $fields['b'] === 'b:0;' ? $value : throw new Exception('the body cannot be unserialized');
    }

    /** The script that takes messages. @return array{string, list<string>, list<int|string>} */
    private function take(int|string ...$handled): array
    {
        return [Scripts::TAKE, $this->keys, [
            self::GROUP, $this->consumer, $this->options['prefetch'], self::milliseconds($this->options['visibility']), $this->options['max_attempts'],
            self::milliseconds($this->options['poll']), self::milliseconds($this->options['stale'] / 2), self::milliseconds($this->options['stale']), ...$handled,
        ]];
    }

    /** The delay of a message in milliseconds. */
    private static function delay(float $seconds): int
    {
        if (!($seconds >= 0 && $seconds <= 1e9)) {
            throw new \ValueError('the delay must be from 0 to 1000000000 seconds');
        }
        return self::milliseconds($seconds);
    }

    private static function milliseconds(float $seconds): int
    {
        return (int) ceil($seconds * 1000);
    }

    private function key(int|string $part): string
    {
        // The braces put all keys into one slot of a cluster.
        return '{' . "$this->name}:$part";
    }

    /** @param list<string> $keys @param list<int|string> $arguments */
    private function script(string $script, array $keys, array $arguments, bool $again = true): mixed
    {
        return $this->scripts([[$script, $keys, $arguments]], $again, $this->options['retry'])[0];
    }

    /** @param list<array{string, list<string>, list<int|string>}> $scripts */
    private function scripts(array $scripts, bool $again = true, ?float $retry = null): array
    {
        $retry ??= $this->options['retry'];
        $words = static fn (string $command, string $text, array $keys, array $arguments): array =>
            [$command, $text, (string) count($keys), ...$keys, ...array_map(strval(...), $arguments)];
        /** @var array<string, string> $hashes */
        static $hashes = [];
        $commands = array_map(static fn (array $script): array => $words('EVALSHA', $hashes[$script[0]] ??= sha1($script[0]), $script[1], $script[2]), $scripts);
        $replies = $this->exchange($commands, $again, $retry);
        foreach ($replies as $number => $reply) {
            if ($reply instanceof ServerError && $reply->is('NOSCRIPT')) {
                $reply = $this->exchange([$words('EVAL', ...$scripts[$number])], $again, $retry)[0];
            }
            $replies[$number] = $reply instanceof ServerError ? throw self::failure($reply) : $reply;
        }
        return $replies;
    }

    /** @param list<string> $command */
    private function one(array $command, bool $again = true): mixed
    {
        $reply = $this->exchange([$command], $again, $this->options['retry'])[0];
        return $reply instanceof ServerError ? throw self::failure($reply) : $reply;
    }

    /**
     * Sends commands, and returns their replies. When the server cannot be reached, it tries again with growing pauses;
     * when the connection breaks after the commands were sent, only if they may be executed again.
     *
     * @param list<list<string>> $commands
     */
    private function exchange(array $commands, bool $again, float $retry): array
    {
        $this->own();
        $retries = Connection::now() + $retry;
        for ($pause = 0.05;; $pause = min($pause * 2, 1.0)) {
            $isSent = false;
            try {
                $connection = $this->connection();
                $isSent = true;
                $connection->send($commands);
                $replies = array_map(static fn (): mixed => $connection->reply(), $commands);
                if (self::isUnready($replies[0])) {
                    $isSent = false;
                    throw self::failure($replies[0]);
                }
                $this->keep($connection);
                return $replies;
            } catch (ConnectionException $failure) {
                $this->isInDoubt = $this->isInDoubt || $isSent;
                if ($isSent && !$again || $failure->getCode() === SOCKET_ECANCELED || Connection::now() + $pause > $retries) {
                    throw $failure;
                }
                self::sleep($pause);
            }
        }
    }

    private static function isUnready(mixed $reply): bool
    {
        return $reply instanceof ServerError && $reply->is('LOADING', 'MASTERDOWN', 'READONLY', 'BUSY', 'CLUSTERDOWN', 'TRYAGAIN');
    }

    private static function failure(ServerError $error): Exception
    {
        return self::isUnready($error) ? new ConnectionException($error->text) : new Exception($error->text);
    }

    private function connection(): Connection
    {
        while (($connection = array_pop($this->idle)) !== null) {
            if ($connection->isAlive()) {
                return $connection;
            }
        }
        return new Connection($this->options);
    }

    private function keep(Connection $connection): void
    {
        if (count($this->idle) < self::IDLE) {
            $this->idle[] = $connection;
        }
    }

    private static function sleep(float $seconds): void
    {
        Coroutine::getCid() > 0 ? Coroutine::sleep($seconds) : usleep((int) ($seconds * 1e6));
    }

    /** In a new process: its parent's connections are not used. */
    private function own(): void
    {
        $pid = getmypid();
        if ($pid === $this->pid) {
            return;
        }
        $this->idle = $this->waiting = $this->taken = [];
        $this->interrupted = null;
        $this->isInDoubt = false;
        $this->recovery = null;
        $this->takers = 0;
        $this->pid = $pid;
        // The name of the program may have spaces.
        $words = explode(' ', (string) strrchr((string) @file_get_contents('/proc/self/stat'), ')'));
        $this->consumer = gethostname() . ":$pid:" . ($words[20] ?? hrtime(true));
    }

    private function __clone()
    {
    }
}
