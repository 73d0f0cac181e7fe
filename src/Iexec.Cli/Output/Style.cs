namespace Iexec.Cli.Output;

/// <summary>Colours, on a terminal that wants them. See no-color.org.</summary>
internal sealed class Style(bool isTerminal, Func<string, string?> variable)
{
    private readonly bool _enabled = isTerminal && string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") != "dumb";

    public string Error(string text) => Paint("31", text);

    public string Good(string text) => Paint("32", text);

    public string Heading(string text) => Paint("1", text);

    public string Faint(string text) => Paint("2", text);

    private string Paint(string code, string text) => _enabled ? $"\e[{code}m{text}\e[0m" : text;
}
