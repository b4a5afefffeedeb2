<?php
// What a case is made of: calls of the module in every form, uses of its objects, and contexts around them.
declare(strict_types=1);

final class Actions
{
    /** Contexts lie in each other this deep. */
    private const DEPTH = 3;

    /** @var list<Target> those that are to be called before any is called again */
    private array $bag = [];
    /** Whether what is made stands in a callback of a pool. */
    private bool $in_pool = false;

    /** @param ?string $plant a statement that is hidden in each script, to see whether it is found */
    public function __construct(
        private readonly Surface $surface,
        private readonly Values $values,
        private readonly Rules $rules,
        private readonly Contexts $contexts,
        private readonly bool $yields,
        private readonly ?string $plant = null,
    ) {}

    /** A script with about so many calls. */
    public function script(int $calls): Script
    {
        $this->bag = [];
        $pieces = Dice::once_in(5) ? [] : [new Piece('Fuzz::hear_exceptions();')];
        $this->yields && $pieces[] = new Piece('Fuzz::yields();');
        while ($calls > 0) {
            array_push($pieces, ...$this->next($calls, 0, false));
        }
        if ($this->plant !== null) {
            $pieces[] = $this->context('array_map', [new Piece($this->plant)]);
            $pieces = Dice::shuffled($pieces);
        }
        return new Script(Dice::once_in(3), $pieces);
    }

    /**
     * The next piece or pieces.
     *
     * @param int $calls how many calls are left, of which it takes some
     * @param bool $in_child whether what it does may end the process
     * @return list<Piece>
     */
    private function next(int &$calls, int $depth, bool $in_child): array
    {
        $kind = Dice::weighted(['call' => 60, 'call of a pool' => $this->in_pool ? 90 : 0, 'context' => $depth < self::DEPTH ? 10 : 0, 'object' => 7, 'property' => 8, 'loop' => 3,
            'yield' => $this->yields ? 8 : 1, 'constant' => 1, 'make' => 6, 'stream' => 6, 'blocking' => 4, 'curl' => extension_loaded('curl') ? 6 : 0]);
        $calls--;
        return match ($kind) {
            'call' => $this->call($this->from_the_bag(), $in_child),
            'call of a pool' => $this->call(Dice::one_of($this->surface->of_pools()), $in_child),
            'context' => [$this->nested($this->contexts->any(), $calls, $depth, $in_child)],
            'object' => [new Piece($this->use_of_an_object())],
            'property' => [new Piece($this->use_of_a_property())],
            'loop' => [new Piece(Dice::one_of(['Fuzz::loop();', 'Fuzz::loop();', 'Fuzz::forget();', 'gc_collect_cycles();']))],
            'yield' => [new Piece('Fuzz::yield();')],
            'constant' => [new Piece('json_encode(' . Dice::one_of($this->surface->constants) . ');')],
            'make' => [$this->made()],
            'stream' => [new Piece($this->use_of_a_stream())],
            'blocking' => [new Piece($this->blocking_call())],
            'curl' => [new Piece($this->use_of_curl())],
        };
    }

    private function nested(string $name, int &$calls, int $depth, bool $in_child): Piece
    {
        $in_child = $in_child || $this->contexts->is_child($name);
        [$around, $this->in_pool] = [$this->in_pool, $this->in_pool || $this->contexts->has_pool($name)];
        $body = $this->yields && Dice::once_in(2) ? [new Piece('Fuzz::yield();')] : [];
        for ($left = Dice::number(1, $this->in_pool ? 8 : 5); $left > 0; $left--) {
            array_push($body, ...$this->next($calls, $depth + 1, $in_child));
        }
        $this->in_pool = $around;
        $end = $this->end($name, $in_child);
        return $this->context($name, $end === '' ? $body : [...$body, new Piece($end)]);
    }

    /** How a body ends, if not at its closing brace. */
    private function end(string $name, bool $in_child): string
    {
        if ($this->contexts->is_child($name) || ($in_child && $this->contexts->has_pool($name))) {
            return Dice::one_of(['', '', '', 'throw new Exception("on purpose");', 'exit(3);', 'trigger_error("on purpose", E_USER_ERROR);',
                'return 7;', 'Fuzz::$until_the_end[] = $me ?? null;']);
        }
        // What is not caught ends the process: seldom.
        return Dice::once_in(40) ? Dice::one_of(['throw new Exception("on purpose");', 'exit(3);', 'trigger_error("on purpose", E_USER_ERROR);'])
            : '';
    }

    /** @param list<Piece> $body */
    private function context(string $name, array $body): Piece
    {
        [$open, $close] = $this->contexts->around($name);
        return new Piece($open, $body, $close);
    }

    private function from_the_bag(): Target
    {
        $this->bag = $this->bag ?: Dice::shuffled(array_values($this->surface->targets));
        return array_pop($this->bag);
    }

    /** @return list<Piece> */
    private function call(Target $target, bool $in_child): array
    {
        $call = $this->call_of($target);
        if (!$this->rules->is_ending($target) || Dice::once_in($in_child ? 4 : 60)) {
            return [$call];
        }
        return [$this->context($this->contexts->child(), [$call])];
    }

    private function call_of(Target $target): CallPiece
    {
        $arguments = $this->arguments($target);
        $callee = $this->callee($target);
        $form = $target->kind === Kind::Constructor ? 'plain'
            : Dice::weighted(['plain' => 12, 'unpacked' => 2, 'function' => 1, 'first-class' => 1, 'mapped' => 1]);
        $array = '[' . ($arguments === [] ? '' : '%s') . ']';
        $format = match ($form) {
            'plain' => $target->kind === Kind::Constructor ? "Fuzz::keep($callee(%s))" : "$callee(%s)",
            'unpacked' => Dice::once_in(2) ? "$callee(...$array)" : "$callee(...Fuzz::references($array))",
            'function' => "call_user_func_array($callee(...), $array)",
            'first-class' => "($callee(...))(%s)",
            'mapped' => "array_map(fn (\$unused) => $callee(%s), [1, 2])",
        };
        // Array elements have no names with a colon.
        if (str_contains($format, '[%s]')) {
            $arguments = array_map(fn (string $a): string => preg_replace('/^(\w+): /', "'$1' => ", $a), $arguments);
        }
        return new CallPiece($target->name, $format, $arguments);
    }

    /** What stands before the opening bracket. */
    private function callee(Target $target): string
    {
        return match ($target->kind) {
            Kind::Function => $target->function,
            Kind::Constructor => 'new ' . $target->class,
            Kind::Static => Dice::once_in(12) ? $this->receiver($target->class) . "::$target->function" : "$target->class::$target->function",
            Kind::Method => Dice::once_in(60) ? "$target->class::$target->function" : $this->receiver($target->class) . "->$target->function",
        };
    }

    private function receiver(string $class): string
    {
        $name = var_export($class, true);
        return match (Dice::number(0, 15)) {
            0 => "Fuzz::unconstructed($name)",
            1 => "Fuzz::orphaned($name)",
            2 => "Fuzz::made($name)",
            default => "Fuzz::an($name, " . Dice::number(0, 11) . ')',
        };
    }

    /** @return list<string> mostly as many as there are to be, in any way that PHP knows */
    private function arguments(Target $target): array
    {
        $arguments = [];
        $named = Dice::once_in(8);
        foreach ($target->parameters as $parameter) {
            $omitted = $parameter->isOptional() ? Dice::once_in(2) : Dice::once_in(25);
            if (($omitted && !$named) || ($named && $parameter->isVariadic())) {
                break;
            }
            $value = $this->rules->argument($target, $parameter);
            $omitted || $arguments[] = $named ? "{$parameter->name}: $value" : $value;
        }
        if ($named) {
            Dice::once_in(6) && $arguments[] = 'no_such_parameter: ' . $this->values->any();
            return Dice::shuffled($arguments);
        }
        // More than there are; not in the place of one that has rules.
        $full = count($arguments) === count($target->parameters);
        for ($left = $full && Dice::once_in(12) ? Dice::number(1, 3) : 0; $left > 0; $left--) {
            $arguments[] = $this->values->any();
        }
        return $arguments;
    }

    /** An object in one of the states that objects have. */
    private function made(): Piece
    {
        $class = Dice::one_of($this->surface->classes);
        $name = var_export($class, true);
        return new Piece('Fuzz::attempt(fn () => Fuzz::keep(' . match (Dice::number(0, 5)) {
            0 => "Fuzz::unconstructed($name)",
            1 => "Fuzz::orphaned($name)",
            2 => "clone Fuzz::an($name, " . Dice::number(0, 11) . ')',
            3 => sprintf("unserialize('%s:%d:\"%s\":0:{}')", Dice::one_of(['O', 'O', 'C', 'E']), strlen($class), $class),
            default => "Fuzz::made($name)",
        } . '));');
    }

    private function use_of_an_object(): string
    {
        $object = $this->values->own();
        return 'Fuzz::attempt(fn () => ' . sprintf(Dice::one_of(['ob_start() && var_dump(%s) . ob_end_clean()', 'serialize(%s)', 'json_encode(%s)',
            'var_export(%s, true)', 'print_r(%s, true)', '(array) %s', '(string) %s', '(int) %s', '%1$s == %1$s', '%s <=> 1', 'clone %s',
            'get_object_vars(%s)', '(%s)()', '[...%s]', 'count(%s)', 'iterator_to_array(%s)', 'spl_object_id(%s)', '(new WeakMap())->offsetSet(%s, 1)',
            'WeakReference::create(%s)->get()', '%s->__destruct()', '%s->__construct()', '%s->__construct(Fuzz::noop(...))',
            'unserialize(serialize(%s))', '%s->no_such_method()', '%s::NO_SUCH_CONSTANT', '(new ReflectionObject(%s))->__toString()',
            '%s[0] ?? null', '(fn () => $this)->call(%s)', 'ob_start() && debug_zval_refcount(%s) . ob_end_clean()',
            'isset(%s->pipe) && empty(%1$s->pid)']), $object) . ');';
    }

    /** A call of PHP's own, which a hook lets wait. */
    private function use_of_a_stream(): string
    {
        $stream = fn (): string => 'Fuzz::stream(' . Dice::number(0, 7) . ')';
        $call = sprintf(Dice::one_of(['fgets(%s)', 'fgets(%s)', 'fread(%s, 100)', 'stream_get_contents(%s, 10)', 'stream_get_line(%s, 5, "e")', 'fwrite(%s, "text\n")',
            'fwrite(%s, "text\n")', "fwrite(%s, str_repeat('x', 400000))", 'fclose(%s)', 'feof(%s)', 'stream_get_meta_data(%s)', 'stream_set_blocking(%s, false)',
            'stream_set_blocking(%s, true)', 'stream_set_chunk_size(%s, 1)', 'stream_set_chunk_size(%s, 100000)', 'stream_socket_shutdown(%s, STREAM_SHUT_WR)',
            'stream_socket_accept(%s, 0.01)', 'Fuzz::stream(7) && Fuzz::$until_the_end[] = stream_socket_accept(Fuzz::stream(6), 0.02)',
            'stream_set_blocking(%1$s, false) && stream_socket_recvfrom(%1$s, 10)', 'stream_set_blocking(%1$s, false) && stream_socket_sendto(%1$s, "x")',
            'Fuzz::select(%s, %s)', 'Fuzz::select(%s, %s)', 'stream_filter_append(%s, "string.rot13")', 'stream_copy_to_stream(%s, %s, 10)',
            'stream_socket_enable_crypto(%s, true, STREAM_CRYPTO_METHOD_TLS_CLIENT)', 'stream_set_timeout(%s, 0, 1000)', 'Fuzz::pair_of_streams()',
            'file_get_contents("http://" . stream_socket_get_name(Fuzz::stream(6), false), context: stream_context_create(["http" => ["timeout" => 0.01]]))']), $stream(), $stream());
        $once = Dice::once_in(3) ? "Swoole\\Coroutine::create(fn () => Fuzz::attempt(fn () => @$call))" : "@$call";
        return "Fuzz::attempt(fn () => $once);";
    }

    /** A function of PHP that waits, and is hooked. What it waits for comes, or its time is short. */
    private function blocking_call(): string
    {
        $socket = 'Fuzz::end(' . Dice::number(0, 3) . ')';
        $file = 'Fuzz::locked(' . Dice::number(0, 2) . ')';
        $pipes = 'Fuzz::pipe(' . Dice::number(0, 3) . ')';
        $command = $this->rules->command();
        $call = Dice::one_of(["flock($file, LOCK_EX)", "flock($file, LOCK_EX | LOCK_NB)", "flock($file, LOCK_SH)", "flock($file, LOCK_UN)", "fclose($file)",
            "exec($command)", "shell_exec($command)", "system($command)", "passthru($command)", "pclose(popen($command, 'r'))", "pclose(popen($command, 'w'))",
            "Fuzz::run_command($command)", "fgets($pipes)", "fread($pipes, 100)", "fwrite($pipes, 'text')", "fclose($pipes)",
            'usleep(1000)', 'usleep(0)', 'sleep(0)', 'sleep(-1)', 'time_nanosleep(0, 1000)', 'time_nanosleep(0, -1)', 'time_sleep_until(microtime(true) + 0.001)',
            "gethostbyname('localhost')", "gethostbyname('')", "gethostbynamel('localhost')", "gethostbyaddr('127.0.0.1')", "gethostbyaddr('x')",
            "socket_read($socket, 10)", "Fuzz::line($socket)", "socket_recv($socket, \$data, 10, 0)", "socket_recv($socket, \$data, 10, MSG_WAITALL)",
            "socket_recvfrom($socket, \$data, 10, 0, \$from)", "socket_write($socket, 'text')", "socket_write($socket, str_repeat('x', 300000))", "socket_send($socket, 'x', 1, 0)",
            "socket_sendmsg($socket, ['iov' => ['a', 'b']])", "socket_accept($socket)", "socket_connect($socket, Fuzz::file('socket'))", "socket_close($socket)",
            "socket_set_nonblock($socket)", "socket_set_block($socket)", "Fuzz::select_of_sockets($socket)"]);
        return 'Fuzz::attempt(fn () => ' . (Dice::once_in(2) ? "Swoole\\Coroutine::create(fn () => Fuzz::attempt(fn () => @$call))" : "@$call") . ');';
    }

    /** A transfer, or what is done to its handles meanwhile. */
    private function use_of_curl(): string
    {
        $handle = 'Fuzz::curl(' . Dice::number(0, 3) . ')';
        $multi = 'Fuzz::multi(' . Dice::number(0, 1) . ')';
        // ext-curl leaks an object that a callback returns, in plain PHP, too.
        $callback = Dice::one_of(['null', 'fn ($handle, $data) => Fuzz::yield() ?? strlen($data)', 'fn ($handle, $data) => curl_reset($handle)', 'fn () => (int) (Fuzz::noop() === 1)',
            'fn ($handle, $data) => curl_exec($handle) ? 1 : strlen($data)', 'fn () => throw new Exception("callback")', "fn () => curl_exec($handle)",
            "fn (\$handle, \$data) => curl_multi_remove_handle($multi, $handle) ?: strlen(\$data)"]);
        $option = Dice::one_of(['CURLOPT_WRITEFUNCTION', 'CURLOPT_HEADERFUNCTION', 'CURLOPT_PROGRESSFUNCTION']);
        $call = Dice::one_of(["curl_exec($handle)", "curl_exec($handle)", "curl_exec($handle)", "curl_setopt($handle, $option, $callback)", "curl_setopt($handle, $option, $callback)",
            "curl_setopt($handle, CURLOPT_NOPROGRESS, false)", "curl_reset($handle)", "curl_copy_handle($handle)", "curl_pause($handle, CURLPAUSE_CONT)", "curl_getinfo($handle)",
            "curl_error($handle)", "curl_upkeep($handle)", "Fuzz::curl(3, true)", 'Fuzz::answer()', 'Fuzz::answer()', "curl_multi_add_handle($multi, $handle)",
            "curl_multi_add_handle($multi, $handle)", "curl_multi_exec($multi, \$running)", "curl_multi_exec($multi, \$running)", "curl_multi_select($multi, 0.005)",
            "curl_multi_info_read($multi)", "curl_multi_remove_handle($multi, $handle)", "curl_multi_close($multi)", "curl_multi_getcontent($handle)"]);
        return 'Fuzz::attempt(fn () => ' . (Dice::once_in(2) ? "Swoole\\Coroutine::create(fn () => Fuzz::attempt(fn () => @$call))" : "@$call") . ');';
    }

    private function use_of_a_property(): string
    {
        $class = Dice::one_of(array_keys(array_filter($this->surface->properties)) ?: $this->surface->classes);
        $property = Dice::one_of([...($this->surface->properties[$class] ?? []), 'no_such', '0', '']);
        $object = "Fuzz::an('$class', " . Dice::number(0, 11) . ')';
        $use = Dice::one_of(['$x = @SLOT@;', '@SLOT@ = @VALUE@;', '@SLOT@ = @VALUE@;', 'unset(@SLOT@);', '$r = &@SLOT@; $r = @VALUE@;',
            '@SLOT@[] = @VALUE@;', "@SLOT@['k'] = @VALUE@;", '@SLOT@++;', '@SLOT@ .= @VALUE@;', 'isset(@SLOT@[0]);',
            '$r = &@SLOT@; Fuzz::$until_the_end[] = &$r;', 'foreach (@OBJECT@ as $k => &$v) { $v = @VALUE@; }',
            '(fn () => $this->callback = @VALUE@)->call(@OBJECT@);', "(new ReflectionProperty(@OBJECT@, '@NAME@'))->setValue(@OBJECT@, @VALUE@);"]);
        return 'Fuzz::attempt(function () { ' . strtr($use, ['@SLOT@' => "{$object}->{'$property'}", '@VALUE@' => $this->values->any(),
            '@OBJECT@' => $object, '@NAME@' => $property]) . ' });';
    }
}
