namespace Orchestrator.Experts.Gguf;

/// <summary>The managed judgement of files: what their headers alone show.</summary>
static class GgufFile
{
    /// <summary>Why llama.cpp must not open the model, or the adapter with it; null when nothing speaks against trying.</summary>
    public static string? Refusal(string path, string? adapter = null)
    {
        try
        {
            var header = GgufReader.Read(path);
            return GgufRules.Refusal(header) ?? (adapter is null ? null : AdapterRefusal(header, adapter));
        }
        catch (GgufException unreadable)
        {
            return unreadable.Message;
        }
    }

    /// <summary>The same for the adapter alone, on a model whose header was read.</summary>
    public static string? AdapterRefusal(GgufHeader model, string adapter)
    {
        try
        {
            return AdapterRules.Refusal(model, GgufReader.Read(adapter)) is { } reason ? $"adapter: {reason}" : null;
        }
        catch (GgufException unreadable)
        {
            return $"adapter: {unreadable.Message}";
        }
    }
}
