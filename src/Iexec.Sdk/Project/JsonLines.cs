using System.Text.Json;

namespace Iexec.Sdk.Project;

/// <summary>Finds the line where a member of a JSON text stands, so that a complaint about a value can point at it.</summary>
internal static class JsonLines
{
    /// <summary>Line, counted from 1, of the name of the member at the path; of its nearest existing ancestor when it is missing.</summary>
    public static int Of(ReadOnlySpan<byte> json, IReadOnlyList<string> path)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Disallow });
        long found = 0;
        var matched = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 0)
            {
                found = reader.TokenStartIndex;
            }
            else if (reader.TokenType == JsonTokenType.PropertyName
                && matched < path.Count && reader.CurrentDepth == matched + 1 && reader.ValueTextEquals(path[matched]))
            {
                found = reader.TokenStartIndex;
                matched++;
            }
            else if (reader.TokenType == JsonTokenType.EndObject && matched > 0 && reader.CurrentDepth == matched)
            {
                break;
            }
        }

        return 1 + json[..(int)found].Count((byte)'\n');
    }
}
