namespace Orchestrator.Experts.Gguf;

/// <summary>The managed judgement of a file: what its header alone shows.</summary>
static class GgufFile
{
    /// <summary>Why llama.cpp must not open the file; null when nothing in its header speaks against trying it.</summary>
    public static string? Refusal(string path)
    {
        try
        {
            return GgufRules.Refusal(GgufReader.Read(path));
        }
        catch (GgufException unreadable)
        {
            return unreadable.Message;
        }
    }
}
