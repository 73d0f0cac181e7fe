using System.Text;
using Iexec.Testing.Cli;
using Xunit;

namespace Tests.Unit.Cli;

/// <summary>
/// A file that is no JSON object, in every way that editors, copies and crashes make one, before every command that reads or writes it: the
/// command names the file and fails, sends nothing, and leaves the folder as it was.
/// </summary>
public sealed class UnusableFilesTests : IDisposable
{
    private readonly CliRunner _cli = new();
    private readonly AnsweringHub _hub = new();

    public UnusableFilesTests()
    {
        _cli.Network = () => _hub;
        File.WriteAllText(_cli["wallet.json"], "{\"privateKey\":\"0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80\"}");
    }

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (file, command) in ProjectFiles.Pairs)
            {
                rows.Add(file, command);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_file_that_cannot_be_read_is_named_and_nothing_is_done(string file, string command)
    {
        foreach (var (how, bytes) in Spoilt(ProjectFiles.Good[file]))
        {
            foreach (var (name, text) in ProjectFiles.Good)
            {
                File.WriteAllText(_cli[name], text);
            }

            File.WriteAllBytes(_cli[file], bytes);
            var before = Contents();
            var result = await _cli.RunAsync([.. command.Split(' '), .. how.Length % 2 == 0 ? (string[])["--raw"] : []]);
            var seen = $"{how}: {command}\n→ {result}";
            Assert.True(result.ExitCode == 1 && result.Out.Length == 0, seen);
            Assert.True(result.Error.Contains(file, StringComparison.Ordinal), seen);
            Assert.False(result.Error.Contains("   at ", StringComparison.Ordinal) || result.Error.Contains("defect", StringComparison.Ordinal), seen);
            Assert.DoesNotContain('\0', result.Error);
            Assert.Equal(before, Contents());
            Assert.DoesNotContain("eth_sendRawTransaction", _hub.Methods);
        }
    }

    [Theory]
    [InlineData("chain.json", "info")]
    [InlineData("iexec.json", "workerpool init")]
    [InlineData("deployed.json", "order init --app")]
    public async Task A_byte_order_mark_and_another_line_ending_are_no_fault(string file, string command)
    {
        foreach (var (name, text) in ProjectFiles.Good)
        {
            File.WriteAllText(_cli[name], text);
        }

        File.WriteAllText(_cli[file], ProjectFiles.Good[file].Replace("\n", "\r\n", StringComparison.Ordinal), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await _cli.OkAsync(command.Split(' '));
    }

    private static IEnumerable<(string How, byte[] Bytes)> Spoilt(string good)
    {
        var bytes = Encoding.UTF8.GetBytes(good);
        var inside = good.IndexOf('{', 1);
        foreach (var length in (int[])[0, 1, bytes.Length / 3, bytes.Length / 2, bytes.Length - 3])
        {
            yield return ($"cut at {length}", bytes[..length]);
        }

        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32])
        {
            yield return (encoding.WebName, [.. encoding.GetPreamble(), .. encoding.GetBytes(good)]);
            yield return (encoding.WebName + " without mark", encoding.GetBytes(good));
        }

        yield return ("Latin 1", Encoding.Latin1.GetBytes(good.Insert(1, "\"é\": 1,")));
        yield return ("zeros, as a crash leaves them", new byte[bytes.Length]);
        yield return ("zeros at the end", [.. bytes, 0, 0]);
        yield return ("a zero within", [.. bytes[..(bytes.Length / 2)], 0, .. bytes[(bytes.Length / 2)..]]);
        yield return ("white space", " \n\t "u8.ToArray());
        yield return ("something else", "PK\u0003\u0004 not json"u8.ToArray());
        yield return ("merge conflict", Encoding.UTF8.GetBytes($"<<<<<<< HEAD\n{good}=======\n{good}>>>>>>> other\n"));
        foreach (var (how, text) in (IEnumerable<(string, string)>)
        [
            ("array", $"[{good}]"), ("null", "null"), ("number", "1e999"), ("text", "\"{}\""), ("two objects", good + good), ("comment", "// mine\n" + good),
            ("comma at the end", good.TrimEnd().TrimEnd('}') + ",}"), ("single quotes", good.Replace('"', '\'')), ("no quotes", good.Replace("\"", "", StringComparison.Ordinal)),
            ("key twice", good.Insert(1, "\"x\": 1, \"x\": 2,")), ("key twice, deeper", good.Insert(inside + 1, "\"x\": 1, \"x\": 2,")), ("half a character", good.Insert(1, "\"x\": \"\\ud800\",")),
            ("half a character in a name", good.Insert(1, "\"\\udc00\": 1,")), ("very deep", good.Insert(1, $"\"x\": {new string('[', 100_000)}")), ("deep and closed", good.Insert(1, $"\"x\": {new string('[', 5_000)}{new string(']', 5_000)},")),
            ("no number", good.Insert(1, "\"x\": 01,")), ("infinity", good.Insert(1, "\"x\": Infinity,")), ("a bell", good.Insert(1, "\"x\u0007\": 1,")),
        ])
        {
            yield return (how, Encoding.UTF8.GetBytes(text));
        }
    }

    private Dictionary<string, string> Contents() =>
        Directory.EnumerateFileSystemEntries(_cli.Folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path)));

    public void Dispose() => _cli.Dispose();
}
