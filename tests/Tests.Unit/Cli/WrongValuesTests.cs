using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Iexec.Testing.Cli;
using Tests.Unit.Poco.Chain;
using Xunit;
using Xunit.Abstractions;

namespace Tests.Unit.Cli;

/// <summary>
/// Files that are JSON and wrong inside: members of another type, of absurd size, missing, under another name, anywhere. A command may not care;
/// if it does, it says so with one of the known errors, and has changed nothing.
/// </summary>
public sealed class WrongValuesTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 8;

    // IEXEC_FUZZ_SEED repeats a run that the output names.
    private static readonly int Extra = int.TryParse(Environment.GetEnvironmentVariable("IEXEC_FUZZ_SEED"), out var seed) ? seed : RandomNumberGenerator.GetInt32(int.MaxValue);

    private static readonly string[] Values =
    [
        "null", "true", "7", "-1", "1.5", "1e400", new('9', 400), "\"\"", "\"x\"", "\"\\u0000\"", "\"\\u001b[2J\"", "[]", "{}", "[{}]", "{\"\": {}}", "\"http://\"", "\"//x\"", "\"0x\"", "[\"tee\"]", "[1]",
        "\"18446744073709551616\"", "\"http://u:p@h:99999\"", $"\"{new string('a', 20_000)}\"", $"{new string('[', 50)}{new string(']', 50)}",
    ];

    private readonly CliRunner _cli = new() { Network = () => new NodeAlone(), Time = new InstantTime(static () => { }) };

    [Fact]
    public async Task A_wrong_value_is_an_error_in_words_or_no_matter()
    {
        foreach (var seed in (int[])[1, Extra])
        {
            output.WriteLine($"seed {seed}");
            var random = new Random(seed);
            foreach (var (file, command) in ProjectFiles.Pairs)
            {
                for (var round = 0; round < Rounds; round++)
                {
                    await CheckAsync(file, Spoil(JsonNode.Parse(ProjectFiles.Good[file])!.AsObject(), random), command, seed);
                }
            }
        }
    }

    private async Task CheckAsync(string file, string text, string command, int seed)
    {
        foreach (var (name, good) in ProjectFiles.Good)
        {
            File.WriteAllText(_cli[name], name == file ? text : good);
        }

        File.WriteAllText(_cli["wallet.json"], "{\"privateKey\":\"0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80\"}");
        var result = await _cli.RunAsync([.. command.Split(' '), "--raw"]);
        var seen = $"seed {seed}, {command} with {file}: {(text.Length > 3000 ? text[..3000] : text)}\n→ {result}";
        Assert.True(result.ExitCode is 0 or 1, seen);
        Assert.False(result.Error.Contains("   at ", StringComparison.Ordinal) || result.Error.Contains("defect", StringComparison.Ordinal), seen);
        Assert.Equal(ProjectFiles.Good.Keys.Append("wallet.json").Order(), Directory.EnumerateFileSystemEntries(_cli.Folder).Select(Path.GetFileName).Order());
        if (result.ExitCode == 0)
        {
            Assert.True((bool)result.ReadOut()["ok"]!, seen);
            Assert.All(ProjectFiles.Good.Keys, name => Assert.IsType<JsonObject>(JsonNode.Parse(File.ReadAllText(_cli[name]))));
            return;
        }

        Assert.True(result.Out.Length == 0 && !(bool)result.ReadError()["ok"]!, seen);
        Assert.NotEqual("Error", (string?)result.ReadError()["error"]?["name"]);

        // Of several orders those that are in order are written, and the failure of the others is told.
        if (result.ReadError()["fail"] is null)
        {
            Assert.All(ProjectFiles.Good, good => Assert.Equal(good.Key == file ? text : good.Value, File.ReadAllText(_cli[good.Key])));
        }
    }

    private static string Spoil(JsonObject root, Random random)
    {
        for (var faults = random.Next(1, 3); faults > 0; faults--)
        {
            var place = root;
            var name = Pick(place, random);
            while (place[name] is JsonObject { Count: > 0 } inner && random.Next(5) > 0)
            {
                (place, name) = (inner, Pick(inner, random));
            }

            var value = place[name]?.DeepClone();
            switch (random.Next(6))
            {
                case 0:
                    place.Remove(name);
                    break;
                case 1:
                    place.Remove(name);
                    place[name.ToUpperInvariant()] = value;
                    break;
                default:
                    place[name] = JsonNode.Parse(Values[random.Next(Values.Length)]);
                    break;
            }

            if (root.Count == 0)
            {
                break;
            }
        }

        return root.ToJsonString();
    }

    private static string Pick(JsonObject from, Random random) => from.ElementAt(random.Next(from.Count)).Key;

    public void Dispose() => _cli.Dispose();

    private sealed class NodeAlone() : DelegatingHandler(new AnsweringHub { IsReadOnly = true })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request is { RequestUri.Host: "node", Content: not null } ? base.SendAsync(request, cancellationToken) : throw new HttpRequestException("nobody listens");
    }
}
