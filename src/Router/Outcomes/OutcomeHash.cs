using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Router.Outcomes;

/// <summary>Tells whether two tables teach the same: the same experts, questions and scores, in the same order.</summary>
public static class OutcomeHash
{
    /// <summary>Hex digits kept: enough to tell tables apart, few enough to read.</summary>
    const int Digits = 16;

    public static string Of(OutcomeTable table)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Number(table.Experts.Count);
        foreach (string expert in table.Experts)
            Text(expert);
        foreach (OutcomeRow row in table.Rows)
        {
            Text(row.Question);
            foreach (Outcome? outcome in row.Outcomes)
                Number(outcome?.Score ?? -1);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];

        void Text(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            // The length keeps the ends of neighbours apart.
            Number(bytes.Length);
            hash.AppendData(bytes);
        }

        void Number(double number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(double)];
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }
}
