namespace Orchestrator.Experts.Gguf;

/// <summary>The managed half of the distrust in a file: what its header alone shows.</summary>
public static class HeaderCheck
{
    /// <summary>Why llama.cpp must not open the file; null when nothing speaks against it.</summary>
    public static string? Refusal(string file)
    {
        try
        {
            return GgufRules.Refusal(GgufReader.Read(file));
        }
        catch (GgufException unreadable)
        {
            return unreadable.Message;
        }
    }
}
