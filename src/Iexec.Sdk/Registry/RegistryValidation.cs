using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Poco.Registries;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Registry;

/// <summary>What was right and what was not.</summary>
internal sealed record ValidationReport(IReadOnlyList<string> Validated, IReadOnlyList<string> Failures);

/// <summary>
/// Checks what a store shows of an asset: the description in <c>iexec.json</c>, the logo, and that the asset was deployed. Everything that is
/// wrong is told at once.
/// </summary>
internal sealed class RegistryValidation(ProjectFolder project)
{
    private const int ShortestDescription = 150;
    private const int LongestDescription = 2000;
    private const int LogoPixels = 180;
    private const int LargestLogoBytes = 4 * 1024 * 1024;

    /// <summary>Checks the asset of a kind.</summary>
    /// <exception cref="IexecException">ConfigurationError: <c>iexec.json</c> is missing or broken.</exception>
    public ValidationReport Run(AssetKind kind)
    {
        var content = project.Iexec.Read();
        var validated = new List<string>();
        var failures = new List<string>();
        void Check(string name, IEnumerable<string> wrong)
        {
            var found = wrong.ToList();
            failures.AddRange(found);
            if (found.Count == 0)
            {
                validated.Add(name);
            }
        }

        Check(project.Iexec.Name, WrongInDescription(content));
        Check("logo", WrongInLogo(content.Root["logo"]));
        Check("deployed.json", project.Deployed.HasAny(kind) ? [] : [$"deployed.json has no {kind.JsonName()}: deploy it first"]);
        return new ValidationReport(validated, failures);
    }

    private static IEnumerable<string> WrongInDescription(JsonFileContent content)
    {
        string Say(string key, string what) => content.Wrong([key], what).Message;

        if (Text(content.Root["description"]) is not { } description)
        {
            yield return Say("description", "description is a required field");
        }
        else if (description.Length is < ShortestDescription or > LongestDescription)
        {
            yield return Say("description", $"description must have {ShortestDescription} to {LongestDescription} characters, it has {description.Length}");
        }

        foreach (var key in new[] { "license", "author", "logo" }.Where(key => string.IsNullOrWhiteSpace(Text(content.Root[key]))))
        {
            yield return Say(key, $"{key} is a required field");
        }

        if (content.Root["social"] is not JsonObject social)
        {
            yield return Say("social", "social is a required field");
        }
        else if (social.Any(link => Text(link.Value) is null))
        {
            yield return Say("social", "social holds texts only");
        }

        if (content.Root["buyConf"] is not (null or JsonObject))
        {
            yield return Say("buyConf", "buyConf must be an object");
        }
    }

    private IEnumerable<string> WrongInLogo(JsonNode? logo)
    {
        if (Text(logo) is not { Length: > 0 } name)
        {
            yield break;
        }

        if (Read(Path.GetFullPath(name, project.Path)) is not { } bytes)
        {
            yield return $"logo \"{name}\" cannot be read, or has more than {LargestLogoBytes} bytes";
            yield break;
        }

        if (ImageFile.Read(bytes) is not { } image)
        {
            yield return $"logo \"{name}\" is no PNG or JPEG picture";
            yield break;
        }

        var extension = Path.GetExtension(name).TrimStart('.').ToLowerInvariant();
        if ((extension == "jpeg" ? "jpg" : extension) != image.Format)
        {
            yield return $"logo \"{name}\" is a {image.Format} picture: its name must end with .{image.Format}";
        }

        if ((image.Width, image.Height) != (LogoPixels, LogoPixels))
        {
            yield return $"logo \"{name}\" has {image.Width} × {image.Height} pixels, {LogoPixels} × {LogoPixels} are needed";
        }
    }

    private static byte[]? Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestLogoBytes ? File.ReadAllBytes(path) : null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
