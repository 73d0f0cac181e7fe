using System.Text;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;
using Xunit;

namespace Tests.Unit.Sdk;

public sealed class JsonFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-json-").FullName;

    private JsonFile File => new(Path.Combine(_folder, "some.json"));

    [Theory]
    [InlineData("", "")]
    [InlineData("{", "at line 1")]
    [InlineData("{\n  \"a\": 1,\n  b: 2\n}", "at line 3")]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2\n}", "at line 3")]
    [InlineData("{\n  \"a\": 1,\n}", "at line 3")]
    [InlineData("{\n // comment\n}", "at line 2")]
    [InlineData("[1]", "at line 1")]
    [InlineData("null", "at line 1")]
    [InlineData("{} {}", "at line 1")]
    [InlineData("{\"a\": 1, \"a\": 2}", "")]
    [InlineData("{\"a\": \"\\ud800\"}", "")]
    [InlineData("{\"\\ud800\": 1}", "")]
    public void What_is_not_a_json_object_is_named_with_its_line(string text, string line)
    {
        System.IO.File.WriteAllText(File.Path, text);
        var error = Assert.Throws<IexecException>(() => File.Read());
        Assert.Equal(ErrorCode.ConfigurationError, error.Code);
        Assert.Contains("\"some.json\" is not valid JSON", error.Message, StringComparison.Ordinal);
        Assert.Contains(line, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_large_for_a_project_is_not_read_to_its_end()
    {
        using (var large = System.IO.File.Create(File.Path))
        {
            large.SetLength(5L << 30);
        }

        var error = Assert.Throws<IexecException>(() => File.Read());
        Assert.Equal("\"some.json\" is larger than 16 MiB", error.Message);
    }

    [Fact]
    public void Changes_at_the_same_time_are_all_there_and_leave_no_other_file()
    {
        const int Writers = 8;
        const int Changes = 12;
        Parallel.For(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers }, writer =>
        {
            for (var change = 0; change < Changes; change++)
            {
                new JsonFile(File.Path).UpdateSection(["all"], section => section[$"{writer}-{change}"] = true);
            }
        });

        Assert.Equal(Writers * Changes, File.Read().Section("all")!.Count);
        Assert.Equal([File.Path], Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public void Deep_nesting_is_refused_and_not_followed()
    {
        System.IO.File.WriteAllText(File.Path, string.Concat(Enumerable.Repeat("{\"a\":", 10_000)));
        Assert.Equal(ErrorCode.ConfigurationError, Assert.Throws<IexecException>(() => File.Read()).Code);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_and_a_byte_order_mark_is_not()
    {
        System.IO.File.WriteAllBytes(File.Path, [(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        Assert.Throws<IexecException>(() => File.Read());
        System.IO.File.WriteAllBytes(File.Path, [0xef, 0xbb, 0xbf, .. "{\"a\":1}"u8]);
        Assert.Equal(1, (int)File.Read().Root["a"]!);
    }

    [Fact]
    public void What_an_update_does_not_touch_stays_as_it_was()
    {
        System.IO.File.WriteAllText(File.Path, "{\"z\": 1.50, \"é\": \"☃ <&>\", \"a\": {\"y\": 1e3, \"x\": [true, null]}}");
        File.Update(root => root["new"] = "value");
        Assert.Equal(
            "{\n  \"z\": 1.50,\n  \"é\": \"☃ <&>\",\n  \"a\": {\n    \"y\": 1e3,\n    \"x\": [\n      true,\n      null\n    ]\n  },\n  \"new\": \"value\"\n}",
            System.IO.File.ReadAllText(File.Path));
    }

    [Fact]
    public void A_change_that_fails_leaves_the_file_and_nothing_beside_it()
    {
        System.IO.File.WriteAllText(File.Path, "{\"a\":1}");
        Assert.Throws<InvalidOperationException>(() => File.Update(_ => throw new InvalidOperationException()));
        Assert.Equal("{\"a\":1}", System.IO.File.ReadAllText(File.Path));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void A_write_follows_a_link_and_keeps_the_mode()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var target = Path.Combine(_folder, "target.json");
        System.IO.File.WriteAllText(target, "{}");
        System.IO.File.SetUnixFileMode(target, AtomicFile.Secret);
        System.IO.File.CreateSymbolicLink(File.Path, target);
        File.Update(root => root["a"] = 1);
        Assert.NotNull(new FileInfo(File.Path).LinkTarget);
        Assert.Equal(AtomicFile.Secret, System.IO.File.GetUnixFileMode(target));
        Assert.Contains("\"a\": 1", System.IO.File.ReadAllText(target), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_an_error_that_says_so()
    {
        Directory.CreateDirectory(File.Path);
        Assert.Equal(ErrorCode.ConfigurationError, Assert.Throws<IexecException>(() => File.Read()).Code);
        Assert.Equal(ErrorCode.ConfigurationError, Assert.Throws<IexecException>(() => File.Write([])).Code);
    }

    [Theory]
    [InlineData("a", 2)]
    [InlineData("b.c", 5)]
    [InlineData("b.missing", 3)]
    [InlineData("c", 8)]
    public void Lines_are_found_by_path_and_not_by_name(string path, int line)
    {
        var text = Encoding.UTF8.GetBytes("{\n  \"a\": {\"c\": 0},\n  \"b\": {\n    \"d\": [{\"c\": 1}],\n    \"c\": 2\n  }\n  ,\n  \"c\": 3\n}");
        var content = JsonFileContent.Parse("some.json", text);
        Assert.EndsWith($"(line {line})", content.Wrong(path.Split('.'), "wrong").Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
