export { LANGUAGES, type Language, type Sentence, type SentenceArgs, isLanguage, say } from '../../kernel/sentence.js';
