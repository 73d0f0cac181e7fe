using System.Reflection;
using System.Xml.Linq;
using Iexec.Sdk;
using Tests.Unit.SourceTree;
using Xunit;

namespace Tests.Unit.Sdk.PublicApi;

/// <summary>
/// What the package promises is a file that is looked at when it changes. After a change that is meant:
/// <c>IEXEC_WRITE_PUBLIC_API=1 dotnet test tests/Tests.Unit --filter FullyQualifiedName~PublicApi</c>
/// </summary>
public sealed class PublicApiTests
{
    private const string Rewrite = "IEXEC_WRITE_PUBLIC_API";

    [Theory]
    [InlineData("Iexec.Sdk")]
    [InlineData("Iexec.Poco")]
    [InlineData("Iexec.Ethereum")]
    public void The_public_api_is_the_one_that_was_reviewed(string assembly)
    {
        var file = $"src/{assembly}/PublicApi.txt";
        var now = ApiText.Of(Assembly.Load(assembly));
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            System.IO.File.WriteAllLines(SourceFiles.Full(file), now);
        }

        var reviewed = System.IO.File.ReadAllLines(SourceFiles.Full(file));
        var (added, removed) = (Numbered(now).Except(Numbered(reviewed)).ToList(), Numbered(reviewed).Except(Numbered(now)).ToList());
        Assert.True(
            added.Count + removed.Count == 0 && now.SequenceEqual(reviewed),
            $"The public API of {assembly} is not that of {file}:\n{string.Join('\n', removed.Select(line => "- " + line).Concat(added.Select(line => "+ " + line)))}\n"
            + $"If this is meant, write the file again and commit it: {Rewrite}=1 dotnet test tests/Tests.Unit --filter FullyQualifiedName~PublicApi");
    }

    [Fact]
    public void Every_parameter_of_a_public_record_is_explained()
    {
        var explained = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Iexec.Sdk.xml"))
            .Descendants("member").ToDictionary(member => (string)member.Attribute("name")!);
        Faults.None(
            from type in typeof(IexecClient).Assembly.GetExportedTypes()
            where type.GetMethod("<Clone>$") is not null
            from made in type.GetConstructors()
            from parameter in made.GetParameters()
            where type.GetProperty(parameter.Name!) is not null
            let text = explained["T:" + type.FullName!.Replace('+', '.')]
            where !text.Descendants().Any(tag => tag.Name.LocalName is "param" or "paramref" && (string?)tag.Attribute("name") == parameter.Name)
            select $"{type.FullName} does not say what {parameter.Name} is.");
    }

    // A line is told apart from equal ones of other types by the type it stands under.
    private static IEnumerable<string> Numbered(IEnumerable<string> lines)
    {
        var type = "";
        foreach (var line in lines)
        {
            if (line.StartsWith(' '))
            {
                yield return $"{type} ::{line}";
            }
            else
            {
                type = line;
                yield return line;
            }
        }
    }
}
