<?php
// What an operation may answer to a fault. Each answer gets what is seen without the fault, what is seen with it, and
// the fault's errno; it gives the complaint, or null.

namespace Faults;

/** What can be seen of one run of an operation. */
final class Seen implements \JsonSerializable
{
    public mixed $result = null;
    /** Class, message and code of what was thrown. */
    public ?array $thrown = null;
    /** @var string[] Warnings, those of other processes after "child: ". */
    public array $warnings = [];
    /** @var string[] Lines of the log, likewise. */
    public array $log = [];
    /** swoole_last_error() after the run, and 0 before. */
    public int $code = 0;
    /** @var array<string, string> What stands for numbers in texts: `{pid}`; the situation sets it in $c->names. */
    public array $names = [];
    /** What the world looks like afterwards, as the operation's `finish` tells it. */
    public mixed $after = null;

    public function jsonSerialize(): array
    {
        return get_object_vars($this);
    }

    public static function from(array $data): Seen
    {
        $seen = new Seen();
        foreach ($data as $name => $value) {
            $seen->$name = $value;
        }
        return $seen;
    }
}

final class Answer
{
    private ?string $line = null;
    private ?array $warnings = null;
    private mixed $after = null;
    private bool $looksAfter = false;
    private ?int $code = null;

    /** @param \Closure(Seen $normal, Seen $seen, int $errno, string $function): array $expected the members that matter */
    private function __construct(
        private \Closure $expected,
        public readonly bool $isFailure,
        public readonly bool $isUntrue = false,
        public readonly bool $depends = false,
    ) {
    }

    /** The kernel would be lying, and whoever believes it is right: the fault is left out. */
    public static function untrue(): Answer
    {
        return new Answer(fn (): array => [], false, true);
    }

    /** How often the call is made depends on when another process runs: the fault is left out. */
    public static function untimed(): Answer
    {
        return new Answer(fn (): array => [], false, isUntrue: true, depends: true);
    }

    /** All is as without the fault: it was tried again, or there was another way. */
    public static function same(): Answer
    {
        return new Answer(fn (Seen $normal): array => [
            'result' => $normal->result, 'thrown' => $normal->thrown, 'warnings' => $normal->warnings,
            'log' => $normal->log, 'after' => $normal->after,
        ], false);
    }

    /** False, a warning that names the system call, and its error as the code. */
    public static function warns(string $call): Answer
    {
        return new Answer(fn (Seen $normal, Seen $seen, int $errno, string $function): array => [
            'result' => false, 'thrown' => null, 'warnings' => ["$function(): " . told($call, $errno)],
            'log' => [], 'code' => $errno,
        ], true);
    }

    /** False, and a warning with this text. */
    public static function says(string $text): Answer
    {
        return new Answer(fn (Seen $normal, Seen $seen, int $errno, string $function): array => [
            'result' => false, 'thrown' => null, 'warnings' => ["$function(): $text"], 'log' => [],
        ], true);
    }

    /** False, the error as the code, and nothing said. */
    public static function silent(): Answer
    {
        return new Answer(fn (Seen $normal, Seen $seen, int $errno): array => [
            'result' => false, 'thrown' => null, 'warnings' => [], 'log' => [], 'code' => $errno,
        ], true);
    }

    /** False, the error as the code, and a line in the log that names the system call. */
    public static function logs(string $call): Answer
    {
        return new Answer(fn (Seen $normal, Seen $seen, int $errno): array => [
            'result' => false, 'thrown' => null, 'warnings' => [], 'log' => [told($call, $errno)], 'code' => $errno,
        ], true);
    }

    /** It works, and a line in the log names the system call that did not. */
    public static function notes(string $call): Answer
    {
        return new Answer(fn (Seen $normal, Seen $seen, int $errno): array => [
            'result' => $normal->result, 'thrown' => null, 'warnings' => [], 'log' => [told($call, $errno)],
            'after' => $normal->after,
        ], false);
    }

    /** A Swoole\Exception that names the system call, with the error as its code. */
    public static function throws(string $call): Answer
    {
        return new Answer(fn (Seen $normal, Seen $seen, int $errno): array => [
            'thrown' => [\Swoole\Exception::class, told($call, $errno), $errno], 'warnings' => [], 'log' => [],
            'code' => $errno,
        ], true);
    }

    /** A Swoole\Exception with this text, and the error as its code. */
    public static function throwing(string $text): Answer
    {
        return new Answer(fn (Seen $normal, Seen $seen, int $errno): array => [
            'thrown' => [\Swoole\Exception::class, strtr($text, $seen->names), $errno], 'warnings' => [], 'log' => [],
            'code' => $errno,
        ], true);
    }

    /** Of a server: it ends, with the error as its code. */
    public static function ending(): Answer
    {
        return new Answer(fn (Seen $normal, Seen $seen, int $errno): array => [
            'result' => [true, $errno], 'thrown' => null, 'warnings' => [], 'log' => [],
        ], true);
    }

    /** Of a socket: false, with the error in its properties and as the code, and nothing said. */
    public static function marks(): Answer
    {
        return new Answer(fn (Seen $normal, Seen $seen, int $errno): array => [
            'result' => [false, $errno, posix_strerror($errno)], 'thrown' => null, 'warnings' => [], 'log' => [],
            'code' => $errno,
        ], true);
    }

    /** Of the constructor of a socket: its exception, with the error as the code. */
    public static function refuses(): Answer
    {
        return new Answer(fn (Seen $normal, Seen $seen, int $errno): array => [
            'thrown' => [
                \Swoole\Coroutine\Socket\Exception::class,
                'new Socket() failed. Error: ' . posix_strerror($errno) . " [$errno]", $errno,
            ],
            'warnings' => [], 'log' => [], 'code' => $errno,
        ], true);
    }

    /**
     * Of a pool: it works after all, or has given up, as it was told to, when each of its workers meets the fault. How
     * often its processes make a call depends on when they run, so that the fault may not happen.
     */
    public static function endures(): Answer
    {
        return new Answer(function (Seen $normal, Seen $seen): array {
            $own = array_values(preg_grep('/^child: /', $seen->warnings, PREG_GREP_INVERT));
            $gaveUp = $seen->result === false && preg_grep('/gives up/', $seen->log) !== [];
            return ['result' => $gaveUp ? false : $normal->result, 'thrown' => $normal->thrown, 'after' => $normal->after]
                + ($own === [] ? [] : ['warnings' => []]);
        }, false, depends: true);
    }

    /** Of two sides that talk: the one that has met the error fails with it, and both come to an end. */
    public static function breaks(): Answer
    {
        return new Answer(function (Seen $normal, Seen $seen, int $errno): array {
            $codes = array_column((array) $seen->result, 1);
            $expected = in_array($errno, $codes, true) ? $seen->result : "one that has failed with $errno";
            return ['result' => $expected, 'thrown' => null, 'warnings' => [], 'log' => []];
        }, true);
    }

    /** Of a server whose certificate cannot be read: it says so, and its client is hung up on. */
    public static function unreadable(): Answer
    {
        return new Answer(function (Seen $normal, Seen $seen, int $errno): array {
            $text = '{certificate}: ' . posix_strerror($errno) . " (os error $errno)";
            $gone = [false, SOCKET_ECONNRESET, posix_strerror(SOCKET_ECONNRESET)];
            return [
                'result' => [$gone, [false, SWOOLE_ERROR_SSL_CREATE_CONTEXT_FAILED, $text]], 'thrown' => null,
                'warnings' => ["Swoole\Coroutine\Socket::sslHandshake(): $text"], 'log' => [],
            ];
        }, true);
    }

    /** It works with this result. */
    public static function gives(mixed $result): Answer
    {
        return new Answer(fn (): array => ['result' => $result, 'thrown' => null, 'warnings' => [], 'log' => []], false);
    }

    /** Also, `finish` must find this. */
    public function leaving(mixed $after): Answer
    {
        $answer = clone $this;
        [$answer->after, $answer->looksAfter] = [$after, true];
        return $answer;
    }

    /** Also, this is the code, whatever the fault was. */
    public function coded(int $code): Answer
    {
        $answer = clone $this;
        $answer->code = $code;
        return $answer;
    }

    /** Also, these are the lines of the log; none for none. */
    public function logging(string ...$lines): Answer
    {
        $answer = clone $this;
        $answer->line = implode("\n", $lines);
        return $answer;
    }

    /** Also, these are the warnings. */
    public function warning(string ...$warnings): Answer
    {
        $answer = clone $this;
        $answer->warnings = $warnings;
        return $answer;
    }

    /** The complaint, or null. */
    public function judge(Seen $normal, Seen $seen, int $errno, string $function): ?string
    {
        $expected = ($this->expected)($normal, $seen, $errno, $function);
        if ($this->line !== null) {
            $line = strtr($this->line, ['{error}' => error($errno), '{reason}' => posix_strerror($errno)]);
            $expected['log'] = $line === '' ? [] : explode("\n", $line);
        }
        if ($this->warnings !== null) {
            $expected['warnings'] = str_replace('{error}', error($errno), $this->warnings);
        }
        if ($this->code !== null) {
            $expected['code'] = $this->code;
        }
        if ($this->looksAfter) {
            $expected['after'] = $this->after;
        }
        $wrong = [];
        foreach ($expected as $name => $value) {
            if ($seen->$name !== $value) {
                $wrong[] = "$name is " . show($seen->$name) . ' instead of ' . show($value);
            }
        }
        return $wrong === [] ? null : implode('; ', $wrong);
    }
}

/** As the module tells of a failed system call. */
function told(string $call, int $errno): string
{
    return "$call failed, Error: " . error($errno);
}

function error(int $errno): string
{
    return posix_strerror($errno) . "[$errno]";
}

function show(mixed $value): string
{
    return json_encode($value, JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR);
}
