using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Iexec.Host.Roles;

/// <summary>
/// Log lines of one role in one file: time, level, words. A file is enough here: the host runs on one machine, and a full logging
/// library would cost every start of the program more than these lines.
/// </summary>
internal sealed class FileLog : ILoggerProvider
{
    private const long RotateBytes = 16 << 20;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly StreamWriter _writer;

    public FileLog(string file, TimeProvider time)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (File.Exists(file) && new FileInfo(file).Length > RotateBytes)
        {
            File.Move(file, file + ".1", overwrite: true);
        }

        _time = time;
        _writer = new StreamWriter(new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
    }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        lock (_gate)
        {
            _writer.Dispose();
        }
    }

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var now = _time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        lock (_gate)
        {
            // Lines that arrive after the stop have nowhere to go.
            if (_writer.BaseStream is { CanWrite: true })
            {
                _writer.WriteLine($"{now} {level} {category} {message.ReplaceLineEndings(" ")}{(exception is null ? "" : "\n" + exception)}");
            }
        }
    }

    private sealed class Category(FileLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Write(logLevel, name, formatter(state, exception), exception);
            }
        }
    }
}
