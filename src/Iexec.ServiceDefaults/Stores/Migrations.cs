using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Iexec.Sdk.Errors;

namespace Iexec.ServiceDefaults.Stores;

/// <summary>
/// Applies the numbered SQL files (<c>Migrations/001_name.sql</c>, embedded) of an assembly in order, each once, all in one transaction. A file
/// that was applied may never change: its checksum is kept and compared.
/// </summary>
public static class Migrations
{
    private const string Folder = ".Migrations.";

    /// <summary>Brings the store up to date: first the tables that every role has (outbox, cursors, challenges), then the role's own.</summary>
    /// <exception cref="IexecException">The store was written by a newer program, or an applied file was changed.</exception>
    public static async Task MigrateAsync(this Database database, Assembly assembly, CancellationToken cancellationToken)
    {
        var own = typeof(Migrations).Assembly;
        await database.WriteAsync(
            async transaction =>
            {
                await PrepareAsync(database, transaction);
                await ApplyAsync(transaction, "defaults", own);
                if (assembly != own)
                {
                    await ApplyAsync(transaction, database.Role, assembly);
                }
            },
            cancellationToken);
    }

    private static async Task PrepareAsync(Database database, DbTransaction transaction)
    {
        var connection = transaction.Connection!;
        if (database.Kind == DatabaseKind.PostgreSql)
        {
            // Several copies may start together; the role's name holds nothing but letters, digits and underscores.
            await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtext(@Key))", new { Key = "migrate " + database.Role }, transaction);
            await connection.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS \"{database.Role}\"", transaction: transaction);
        }

        await connection.ExecuteAsync(
            "CREATE TABLE IF NOT EXISTS migrations (owner TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL, PRIMARY KEY (owner, number))",
            transaction: transaction);
    }

    private static async Task ApplyAsync(DbTransaction transaction, string owner, Assembly assembly)
    {
        var connection = transaction.Connection!;
        var applied = (await connection.QueryAsync<AppliedRow>(
            "SELECT number AS Number, name AS Name, checksum AS Checksum FROM migrations WHERE owner = @Owner", new { Owner = owner }, transaction))
            .ToDictionary(row => row.Number);
        var files = Load(assembly);
        if (applied.Keys.Except(files.Select(file => file.Number)).ToList() is { Count: > 0 } unknown)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError,
                $"The store of {owner} was written by a newer version (migration {unknown.Max()} is unknown here)",
                "Run the newer program, or restore a backup.");
        }

        foreach (var file in files)
        {
            if (applied.TryGetValue(file.Number, out var row))
            {
                if (row.Checksum != file.Checksum)
                {
                    throw new IexecException(
                        ErrorCode.ConfigurationError,
                        $"The store of {owner} was made by another version of the program: its migration {file.Name} is not the one of this version",
                        "On the local network: iexec up --reset, which forgets its chain and stores. Elsewhere run the version that made the store, or give it a new one; what it held is read from the chain again.");
                }

                continue;
            }

            await connection.ExecuteAsync(file.Sql, transaction: transaction);
            await connection.ExecuteAsync(
                "INSERT INTO migrations (owner, number, name, checksum) VALUES (@Owner, @Number, @Name, @Checksum)",
                new { Owner = owner, file.Number, file.Name, file.Checksum },
                transaction);
        }
    }

    private static List<MigrationFile> Load(Assembly assembly)
    {
        var files = new List<MigrationFile>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.Contains(Folder, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal)))
        {
            var name = resource[(resource.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..];
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            // A checkout may change line ends; that is no other migration.
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            files.Add(new MigrationFile(
                long.Parse(name[..name.IndexOf('_', StringComparison.Ordinal)], CultureInfo.InvariantCulture),
                name,
                sql,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)))));
        }

        return [.. files.OrderBy(file => file.Number)];
    }

    private sealed record MigrationFile(long Number, string Name, string Sql, string Checksum);

    private sealed class AppliedRow
    {
        public long Number { get; init; }

        public string Name { get; init; } = "";

        public string Checksum { get; init; } = "";
    }
}
