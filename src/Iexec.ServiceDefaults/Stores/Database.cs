using System.Data.Common;
using Dapper;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Iexec.ServiceDefaults.Stores;

/// <summary>
/// The store of one role. SQL is the subset that both engines read the same way: columns are <c>TEXT</c> and <c>BIGINT</c> only (rows in
/// C# have <see cref="long"/> and <see cref="string"/>, plus <c>UInt256</c>, <c>Address</c> and <c>Bytes32</c> kept as text that sorts like the
/// value), upserts are <c>ON CONFLICT … DO UPDATE</c>. Commits are durable when they return.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private readonly DbDataSource? _postgres;
    private readonly string? _sqlite;
    // SQLite has one writer at a time; waiting here is cheaper and fairer than its busy loop.
    private readonly SemaphoreSlim? _writer;

    private Database(DatabaseKind kind, string role, DbDataSource? postgres, string? sqlite)
    {
        Kind = kind;
        Role = role;
        _postgres = postgres;
        _sqlite = sqlite;
        _writer = kind == DatabaseKind.Sqlite ? new SemaphoreSlim(1, 1) : null;
    }

    /// <summary>Which engine.</summary>
    public DatabaseKind Kind { get; }

    /// <summary>Path of the file on SQLite; null elsewhere.</summary>
    public string? FilePath => _sqlite is null ? null : new SqliteConnectionStringBuilder(_sqlite).DataSource;

    /// <summary>Whose store; on PostgreSQL also the schema's name.</summary>
    public string Role { get; }

    /// <summary>Opens (SQLite: creates, the folder too) a store. Nothing is connected yet on PostgreSQL.</summary>
    /// <param name="connectionString"><c>Data Source=file</c> for SQLite, <c>Host=…</c> for PostgreSQL.</param>
    /// <param name="role">Lower-case letters, digits and underscores.</param>
    /// <exception cref="IexecException">The connection string or the role's name is not acceptable.</exception>
    public static Database Open(string connectionString, string role)
    {
        if (role.Length is 0 or > 32 || !role.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
        {
            throw new ArgumentException("A role's name has 1 to 32 lower-case letters, digits or underscores.", nameof(role));
        }

        DapperTypes.Register();
        var values = Parse(connectionString);
        if (values.ContainsKey("Host") || values.ContainsKey("Server"))
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = role };
            return new Database(DatabaseKind.PostgreSql, role, NpgsqlDataSource.Create(builder), null);
        }

        if (!values.ContainsKey("Data Source") && !values.ContainsKey("Filename"))
        {
            throw new IexecException(
                ErrorCode.ConfigurationError,
                "The store's connection string names neither a file nor a server",
                "Use 'Data Source=/path/to/file.db' for SQLite or 'Host=…;Database=…;Username=…' for PostgreSQL.");
        }

        SqliteLibrary.Bind();
        return new Database(DatabaseKind.Sqlite, role, null, PrepareSqlite(connectionString));
    }

    /// <summary>An SQLite store in the role's own file of a state folder.</summary>
    public static Database OpenFile(string stateFolder, string role) =>
        Open(new SqliteConnectionStringBuilder { DataSource = Path.Combine(stateFolder, role + ".db") }.ToString(), role);

    /// <summary>A connection from the pool, for reads and single statements. Dispose it.</summary>
    public async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_postgres is not null)
        {
            return await _postgres.OpenConnectionAsync(cancellationToken);
        }

        var connection = new SqliteConnection(_sqlite);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var pragmas = connection.CreateCommand();
            pragmas.CommandText = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";
            await pragmas.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs reads with one connection.</summary>
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        return await read(connection);
    }

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction and commits it; an exception rolls everything back. Do no network calls inside:
    /// on SQLite nobody else can write meanwhile.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        if (_writer is not null)
        {
            await _writer.WaitAsync(cancellationToken);
        }

        try
        {
            await using var connection = await ConnectAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var result = await work(transaction);
            // A commit that was started is not cancelled: its outcome would be unknown.
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        finally
        {
            _writer?.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<DbTransaction, Task> work, CancellationToken cancellationToken) =>
        WriteAsync<object?>(
            async transaction =>
            {
                await work(transaction);
                return null;
            },
            cancellationToken);

    /// <summary>The condition that a column has one of the values of a list parameter: one array on PostgreSQL, spelt out on SQLite.</summary>
    /// <param name="column">A column's name from the code, never from input.</param>
    /// <param name="parameter">The parameter's name without <c>@</c>; an array of at most some hundred values.</param>
    public string In(string column, string parameter) => Kind == DatabaseKind.PostgreSql ? $"{column} = ANY(@{parameter})" : $"{column} IN @{parameter}";

    /// <summary>
    /// Holds a name until the transaction ends, so that a check and the insert that relies on it are one step among all copies of the role. On
    /// SQLite the transaction itself does that.
    /// </summary>
    public async Task LockAsync(DbTransaction transaction, string name)
    {
        if (Kind == DatabaseKind.PostgreSql)
        {
            await transaction.Connection!.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtext(@Name))", new { Name = $"{Role} {name}" }, transaction);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
        else
        {
            using var connection = new SqliteConnection(_sqlite);
            SqliteConnection.ClearPool(connection);
        }

        _writer?.Dispose();
    }

    private static Dictionary<string, string> Parse(string connectionString)
    {
        try
        {
            var builder = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return builder.Keys.Cast<string>().ToDictionary(key => key, key => builder[key].ToString() ?? "", StringComparer.OrdinalIgnoreCase);
        }
        catch (ArgumentException exception)
        {
            // The text may hold a password: it is not repeated.
            throw new IexecException(ErrorCode.ConfigurationError, "The store's connection string cannot be read", "It is a list of 'Name=value' separated by ';'.", exception);
        }
    }

    private static string PrepareSqlite(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWriteCreate, ForeignKeys = true };
        if (builder.DataSource is not { Length: > 0 } file || file == ":memory:")
        {
            throw new IexecException(ErrorCode.ConfigurationError, "The store's connection string names no file", "A role keeps its state in a file.");
        }

        builder.DataSource = Path.GetFullPath(file);
        PrivateFolder.Create(Path.GetDirectoryName(builder.DataSource)!);
        CreatePrivate(builder.DataSource);
        return builder.ToString();
    }

    // Left to make the file itself, SQLite would let every user of the machine read it; what it puts beside the file gets the file's mode.
    private static void CreatePrivate(string file)
    {
        if (File.Exists(file))
        {
            return;
        }

        try
        {
            PrivateFile.Create(file).Dispose();
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another copy of the role was faster.
        }
    }
}
