using System.Data.Common;
using Dapper;
using Iexec.Sdk.Storage;
using Iexec.ServiceDefaults.Stores;
using Xunit;

namespace Tests.Network.Fuzz;

/// <summary>What the services of a network have on the disk that nobody may change without a signature or a token of his own; and whether all of it is whole.</summary>
internal static class StoredState
{
    // Anybody may ask for a challenge; the rest follows the chain, or is what a worker that logged in says about itself.
    private static readonly HashSet<string> Free = ["challenges", "cursor_positions", "categories", "workers"];

    /// <summary>Every row of every table of every store, but for those that are free: a table that is added tomorrow is among them.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(string folder)
    {
        var rows = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.db", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            await using var database = Database.OpenFile(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file));
            rows.AddRange(await database.ReadAsync(connection => ReadAsync(connection, Path.GetFileName(file)), CancellationToken.None));
        }

        return rows;
    }

    /// <summary>No upload is left half-way, and every file is what its name says.</summary>
    public static void RequireWholeFiles(string storage)
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(storage, "incoming")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(storage, "results"), "*", SearchOption.AllDirectories));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(storage, "blobs"), "*", SearchOption.AllDirectories))
        {
            var builder = new CidBuilder();
            builder.Append(File.ReadAllBytes(file));
            Assert.Equal(Path.GetFileName(file), builder.Finish().ToString());
        }
    }

    private static async Task<List<string>> ReadAsync(DbConnection connection, string file)
    {
        Assert.Equal("ok", await connection.ExecuteScalarAsync<string>("PRAGMA integrity_check"));
        var tables = (await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).Where(name => !Free.Contains(name)).ToList();
        Assert.NotEmpty(tables);
        var rows = new List<string>();
        foreach (var table in tables)
        {
            foreach (IDictionary<string, object?> row in await connection.QueryAsync($"SELECT * FROM {table} ORDER BY 1, 2"))
            {
                rows.Add($"{file} {table}: {string.Join(" | ", row.Select(column => $"{column.Key}={column.Value}"))}");
            }
        }

        return rows;
    }
}
