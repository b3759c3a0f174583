using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestrator.Host.Tools;

/// <summary>JSON on one line with a space after each comma and colon, as Python writes it: models were trained on such.</summary>
static class SpacedJson
{
    public static string Of(JsonElement element)
    {
        var text = new StringBuilder();
        Write(text, element);
        return text.ToString();
    }

    /// <summary>With its quotation marks.</summary>
    public static string Of(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    static void Write(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Join(text, '{', element.EnumerateObject(), '}', property =>
                {
                    text.Append(Of(property.Name)).Append(": ");
                    Write(text, property.Value);
                });
                break;
            case JsonValueKind.Array:
                Join(text, '[', element.EnumerateArray(), ']', item => Write(text, item));
                break;
            case JsonValueKind.String:
                text.Append(Of(element.GetString()!));
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    static void Join<T>(StringBuilder text, char open, IEnumerable<T> items, char close, Action<T> write)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) text.Append(", ");
            first = false;
            write(item);
        }

        text.Append(close);
    }
}
