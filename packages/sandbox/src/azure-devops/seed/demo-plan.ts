/** Two spaces a level: a type, a state, a title, and tags behind a #. */
export const AGILE_PLAN = `
Epic | Active | Sell online #store
  Feature | Active | Checkout #store #payments
    User Story | Active | Pay by invoice #payments
      Task | Closed | Ask the bank for a sandbox account
      Task | Active | Show the invoice option to business customers
      Task | New | Write the dunning letters
    User Story | Active | Keep the basket when signing in
      Task | Closed | Move the basket from the cookie to the database
      Task | Active | Merge two baskets of the same customer
      Task | New | Tell the customer what was merged
    User Story | New | Pay with a voucher #payments #q1
      Task | New | Choose a format for voucher codes
      Task | New | Refuse a voucher that was used #security
    Bug | Active | Total is off by a cent with three items #payments
    Bug | Resolved | Umlauts break the address label #i18n
  Feature | New | Search that understands typing errors #store
    User Story | New | Suggest a spelling
      Task | New | Collect what people search for #privacy
      Task | New | Measure how long an answer takes
    User Story | New | Search within a category
      Task | New | Filter by price
Epic | New | Customers serve themselves #support
  Feature | Active | Returns without a call
    User Story | Resolved | Print a return label
      Task | Closed | Agree on labels with the carrier
      Task | Closed | Create the PDF
    User Story | Active | See where a return is #mobile
      Task | Active | Read the carrier's events
      Task | New | Draw the timeline #mobile #design
    User Story | New | Get the money back within a day #payments
      Task | New | Find out what the accountants need
    Bug | New | Return button is gone on small screens #mobile
  Feature | New | Answers in the app #mobile
    User Story | New | Read the common questions offline
      Task | New | Choose the twenty questions
      Task | New | Say when they were last checked
    User Story | Removed | Chat with a robot
    Bug | Closed | Links open in the wrong browser #mobile
`;

/** The second project, by Scrum. */
export const SCRUM_PLAN = `
Epic | In Progress | A warehouse that counts itself #warehouse
  Feature | In Progress | Scan what comes in
    Product Backlog Item | Committed | Scan with the phone #mobile
      Task | Done | Compare three scanning libraries
      Task | In Progress | Read codes in bad light
      Task | To Do | Vibrate on success
    Product Backlog Item | Approved | Print missing labels
      Task | To Do | Find the printer by itself
    Product Backlog Item | Done | Take back what was scanned by mistake
      Task | Done | Undo the last scan
    Bug | New | 日本語の商品名が途中で切れる #i18n
  Feature | New | Warn before something runs out
    Product Backlog Item | New | Learn how fast things sell #data
      Task | To Do | Get two years of orders
      Task | To Do | Ignore the week of the sale
    Product Backlog Item | New | Order more with one click
      Task | To Do | Ask suppliers for an interface
    Product Backlog Item | Committed | Show the shelf that is nearly empty
      Task | Done | Weigh a shelf
      Task | In Progress | Send the weight every minute
    Bug | Committed | Warnings come twice at midnight #data
    Bug | Done | Scale shows negative weight
`;
